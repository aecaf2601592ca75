package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Falcon (Almazrouei et al. 2023): parallel blocks with one or two norms, one group of keys and
 * values for all heads or, in the new architecture, a few, each packed behind its queries;
 * Falcon-RW has serial blocks and ALiBi.
 */
final class FalconFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("falcon");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = ConfigRules.positive(c, "num_attention_heads", "n_head");
    int width = c.requirePositive("hidden_size");
    int headDim = width / heads;
    int positions = c.intValue("max_position_embeddings", 2048);
    Rotary rotary =
        new Rotary(headDim, ConfigRules.theta(c, 10000), false, ConfigRules.scaling(c, positions));
    return ModelSpec.builder("falcon", c.architecture().orElse("FalconForCausalLM"))
        .size(
            ConfigRules.positive(c, "num_hidden_layers", "n_layer"),
            width,
            c.requirePositive("vocab_size"))
        .heads(heads, groups(c, heads), headDim)
        .maxPositions(ConfigRules.reach(rotary, positions))
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(c.number("layer_norm_epsilon", 1e-5))
        .form(form(c))
        .mlp(
            c.intValue("ffn_hidden_size", 4 * width),
            ConfigRules.activation(c, "activation", "gelu"))
        .layerSpecs(l -> layerSpec(c, heads, headDim, rotary))
        .build();
  }

  private static LayerSpec layerSpec(Config c, int heads, int headDim, Rotary rotary) {
    double scale = 1 / Math.sqrt(headDim);
    return c.bool("alibi", false)
        ? new LayerSpec(0, scale, Optional.empty())
            .withScaledSlopes(ConfigRules.alibiSlopes(heads, 8))
        : new LayerSpec(0, scale, Optional.of(rotary));
  }

  private static boolean isNew(Config c) {
    return c.bool("new_decoder_architecture", false);
  }

  private static int groups(Config c, int heads) {
    if (isNew(c)) {
      return c.intValue("num_kv_heads", heads);
    }
    return c.bool("multi_query", true) ? 1 : heads;
  }

  private static BlockForm form(Config c) {
    if (isNew(c)) {
      ConfigRules.mustBe(c, "parallel_attn", true);
      boolean two = c.intValue("num_ln_in_parallel_attn", 2) == 2;
      return two ? BlockForm.PARALLEL : BlockForm.PARALLEL_SHARED;
    }
    return c.bool("parallel_attn", true) ? BlockForm.PARALLEL_SHARED : BlockForm.SERIAL;
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("word_embeddings.weight", "transformer.", "");
    var tokens = r.matrix("word_embeddings.weight", s.vocab(), s.width());
    boolean bias = c.bool("bias", false);
    return new ModelWeights(
        tokens,
        null,
        IntStream.range(0, s.layers()).mapToObj(l -> layer(s, r, "h." + l + ".", bias)).toList(),
        r.norm("ln_f", s.width(), true),
        new Projection(
            s.tiedEmbeddings() ? tokens : r.exactMatrix("lm_head.weight", s.vocab(), s.width()),
            null));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    int d = s.width();
    boolean two = s.form() == BlockForm.PARALLEL;
    boolean serial = s.form() == BlockForm.SERIAL;
    String second = two ? "ln_mlp" : "post_attention_layernorm";
    return new LayerWeights(
        r.norm(p + (two ? "ln_attn" : "input_layernorm"), d, true),
        r.permuted(p + "self_attention.query_key_value", d, bias, order(s)),
        null,
        null,
        r.linear(p + "self_attention.dense", d, d, bias),
        two || serial ? r.norm(p + second, d, true) : null,
        r.linear(p + "mlp.dense_h_to_4h", s.mlp().inner(), d, bias),
        r.linear(p + "mlp.dense_4h_to_h", d, s.mlp().inner(), bias));
  }

  /** Rows as stored, [group][queries, key, value][e], in the order [q, k, v][head][e]. */
  private static int[] order(ModelSpec s) {
    int e = s.headDim();
    int each = s.heads() / s.kvHeads();
    IntStream heads =
        IntStream.concat(
            IntStream.range(0, s.heads()).map(h -> h / each * (each + 2) + h % each),
            IntStream.concat(
                IntStream.range(0, s.kvHeads()).map(g -> g * (each + 2) + each),
                IntStream.range(0, s.kvHeads()).map(g -> g * (each + 2) + each + 1)));
    return heads.flatMap(h -> IntStream.range(h * e, (h + 1) * e)).toArray();
  }
}
