package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.MlpWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpecBuilder;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Field and tensor names that the many descendants of Llama share. */
final class LlamaRules {
  private LlamaRules() {}

  /** Llama's reading of the config; a family says after it what it does otherwise. */
  static ModelSpecBuilder builder(Config c, String architecture) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    return builder(c, architecture, headDim, ConfigRules.rotary(c, headDim, 10000, false));
  }

  /** The same, with heads of a width and positions that the family knows. */
  static ModelSpecBuilder builder(Config c, String architecture, int headDim, Rotary rotary) {
    int heads = c.requirePositive("num_attention_heads");
    return ModelSpec.builder(c.modelType(), c.architecture().orElse(architecture))
        .size(
            c.requirePositive("num_hidden_layers"),
            c.requirePositive("hidden_size"),
            c.requirePositive("vocab_size"))
        .heads(heads, c.intValue("num_key_value_heads", heads), headDim)
        .maxPositions(ConfigRules.reach(rotary, c.requirePositive("max_position_embeddings")))
        .tied(c.bool("tie_word_embeddings", false))
        .rmsNorm(c.number("rms_norm_eps", 1e-6))
        .gatedMlp(
            c.requirePositive("intermediate_size"), ConfigRules.activation(c, "hidden_act", "silu"))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)));
  }

  /** The whole model around its layers, whose prefix is given to {@code layer}. */
  static ModelWeights model(
      ModelSpec s, WeightReader r, NormWeights norm, boolean headBias, LayerReader layer) {
    var embedding = r.matrix("embed_tokens.weight", s.vocab(), s.width());
    IntFunction<LayerWeights> read = l -> layer.read(l, "layers." + l + ".");
    return new ModelWeights(
        embedding,
        null,
        IntStream.range(0, s.layers()).mapToObj(read).toList(),
        norm,
        new Projection(
            s.tiedEmbeddings() ? embedding : r.exactMatrix("lm_head.weight", s.vocab(), s.width()),
            headBias ? r.exact("lm_head.bias", s.vocab()) : null));
  }

  /** Reads one layer. */
  interface LayerReader {
    /** The layer under this prefix. */
    LayerWeights read(int layer, String prefix);
  }

  /** Queries, keys and values out of three tensors. */
  static Projection qkv(ModelSpec s, WeightReader r, String p, boolean bias) {
    String[] names = {p + "self_attn.q_proj", p + "self_attn.k_proj", p + "self_attn.v_proj"};
    return r.stacked(s.width(), bias, names, new long[] {queries(s), groups(s), groups(s)});
  }

  /** The attention's output projection. */
  static Projection out(ModelSpec s, WeightReader r, String p, boolean bias) {
    return r.linear(p + "self_attn.o_proj", s.width(), queries(s), bias);
  }

  /** A norm of queries or keys, where the family has one. */
  static NormWeights qkNorm(ModelSpec s, WeightReader r, String p, boolean keys) {
    String name = p + (keys ? "self_attn.k_norm" : "self_attn.q_norm");
    return switch (s.qkNorm()) {
      case NONE -> null;
      case HEAD -> r.norm(name, s.headDim(), false);
      case WHOLE -> r.norm(name, keys ? groups(s) : queries(s), false);
    };
  }

  /** A gated MLP of this inner width under this prefix. */
  static MlpWeights mlp(ModelSpec s, WeightReader r, String p, long inner, boolean bias) {
    String[] gateUp = {p + "gate_proj", p + "up_proj"};
    return new MlpWeights(
        r.stacked(s.width(), bias, gateUp, new long[] {inner, inner}),
        r.linear(p + "down_proj", s.width(), inner, bias));
  }

  /** A layer in Llama's own form. */
  static LayerWeights layer(ModelSpec s, WeightReader r, String p, Biases biases) {
    MlpWeights mlp = mlp(s, r, p + "mlp.", s.mlp().inner(), biases.mlp());
    return attention(s, r, p, biases, mlp);
  }

  /** Which Linear layers have a bias. */
  record Biases(boolean qkv, boolean out, boolean mlp) {
    static final Biases NONE = new Biases(false, false, false);

    static Biases of(Config c) {
      boolean attention = c.bool("attention_bias", false);
      return new Biases(attention, attention, c.bool("mlp_bias", false));
    }
  }

  /** A pre-norm layer with this MLP, which may be null. */
  static LayerWeights attention(
      ModelSpec s, WeightReader r, String p, Biases biases, MlpWeights mlp) {
    return new LayerWeights(
        r.norm(p + "input_layernorm", s.width(), false),
        qkv(s, r, p, biases.qkv()),
        qkNorm(s, r, p, false),
        qkNorm(s, r, p, true),
        out(s, r, p, biases.out()),
        null,
        r.norm(p + "post_attention_layernorm", s.width(), false),
        mlp,
        null,
        null,
        null);
  }

  static long queries(ModelSpec s) {
    return (long) s.heads() * s.headDim();
  }

  static long groups(ModelSpec s) {
    return (long) s.kvHeads() * s.headDim();
  }
}
