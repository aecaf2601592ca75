package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.Mlp;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Llama (Touvron et al. 2023) and those that share its names: Mistral (sliding window), Qwen 2
 * (biases on q, k, v), Qwen 3 (queries and keys normed by head), SmolLM.
 */
final class LlamaFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("llama", "mistral", "qwen2", "qwen3");
  }

  @Override
  public ModelSpec spec(Config c) {
    int layers = c.requirePositive("num_hidden_layers");
    int heads = c.requirePositive("num_attention_heads");
    int width = c.requirePositive("hidden_size");
    int headDim = headDim(c, width, heads);
    int positions = c.requirePositive("max_position_embeddings");
    Rotary rotary =
        new Rotary(headDim, ConfigRules.theta(c, 10000), false, ConfigRules.scaling(c, positions));
    List<LayerSpec> layerSpecs = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      layerSpecs.add(new LayerSpec(window(c, l), 1 / Math.sqrt(headDim), Optional.of(rotary)));
    }
    return new ModelSpec(
        c.modelType(),
        c.architecture().orElse("LlamaForCausalLM"),
        layers,
        heads,
        c.optionalInt("num_key_value_heads").orElse(heads),
        headDim,
        width,
        c.requirePositive("vocab_size"),
        ConfigRules.reach(rotary, positions),
        true,
        c.bool("tie_word_embeddings", false),
        -1,
        new Norm(Norm.Kind.RMS, c.number("rms_norm_eps", 1e-6)),
        BlockForm.SERIAL,
        c.modelType().equals("qwen3") ? QkNorm.HEAD : QkNorm.NONE,
        new Mlp(
            c.requirePositive("intermediate_size"),
            ConfigRules.activation(c, "hidden_act", "silu"),
            true),
        layerSpecs);
  }

  /**
   * Qwen 3 has heads of 128 unless it says otherwise; for the others absent means width / heads.
   */
  private static int headDim(Config c, int width, int heads) {
    boolean silent = !c.has("head_dim") && c.modelType().equals("qwen3");
    return silent ? 128 : ConfigRules.headDim(c, width, heads);
  }

  /** Keys a query of this layer sees; 0 for all. */
  private static int window(Config c, int layer) {
    int window = c.intValue("sliding_window", 0);
    if (c.modelType().equals("mistral")) {
      return window;
    }
    if (!c.modelType().startsWith("qwen") || !c.bool("use_sliding_window", false)) {
      return 0;
    }
    List<String> types = c.stringList("layer_types");
    boolean slides =
        types.isEmpty()
            ? layer >= c.intValue("max_window_layers", 28)
            : types.get(layer).equals("sliding_attention");
    return slides ? window : 0;
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    boolean qwen2 = s.family().equals("qwen2");
    boolean bias = qwen2 || c.bool("attention_bias", false);
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < s.layers(); l++) {
      String p = "layers." + l + ".";
      layers.add(layer(s, r, p, bias, bias && !qwen2, c.bool("mlp_bias", false)));
    }
    var embedding = r.array("embed_tokens.weight", s.vocab(), s.width());
    return new ModelWeights(
        embedding,
        null,
        layers,
        r.norm("norm", s.width(), false),
        new Projection(
            s.tiedEmbeddings() ? embedding : r.exact("lm_head.weight", s.vocab(), s.width()),
            null));
  }

  private static LayerWeights layer(
      ModelSpec s, WeightReader r, String p, boolean bias, boolean outBias, boolean mlpBias) {
    int d = s.width();
    int m = s.mlp().inner();
    long q = (long) s.heads() * s.headDim();
    long kv = (long) s.kvHeads() * s.headDim();
    String a = p + "self_attn.";
    String[] qkv = {a + "q_proj", a + "k_proj", a + "v_proj"};
    String[] gateUp = {p + "mlp.gate_proj", p + "mlp.up_proj"};
    return new LayerWeights(
        r.norm(p + "input_layernorm", d, false),
        r.stacked(d, bias, qkv, new long[] {q, kv, kv}),
        headNorm(s, r, a + "q_norm"),
        headNorm(s, r, a + "k_norm"),
        r.linear(a + "o_proj", d, q, outBias),
        r.norm(p + "post_attention_layernorm", d, false),
        r.stacked(d, mlpBias, gateUp, new long[] {m, m}),
        r.linear(p + "mlp.down_proj", d, m, mlpBias));
  }

  private static NormWeights headNorm(ModelSpec s, WeightReader r, String name) {
    return s.qkNorm() == QkNorm.HEAD ? r.norm(name, s.headDim(), false) : null;
  }
}
