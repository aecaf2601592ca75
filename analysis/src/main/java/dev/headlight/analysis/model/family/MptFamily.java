package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Activation;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * MPT (MosaicML 2023): ALiBi, and no bias anywhere. The MLP is four widths wide whatever {@code
 * expansion_ratio} says, and {@code learned_pos_emb} is not read, as in the reference.
 */
final class MptFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("mpt");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("n_heads");
    int width = c.requirePositive("d_model");
    ConfigRules.mustBe(c, "no_bias", true);
    ConfigRules.mustBeNull(c, "logit_scale");
    ConfigRules.mustBe(c, "norm_type", "low_precision_layernorm", "layernorm");
    Optional<Config> attention = c.object("attn_config");
    attention.ifPresent(MptFamily::check);
    double scale =
        attention
            .map(a -> a.number("softmax_scale", 0))
            .filter(n -> n != 0)
            .orElse(1 / Math.sqrt((double) width / heads));
    int max = attention.map(a -> a.intValue("alibi_bias_max", 8)).orElse(8);
    double clip = attention.map(ConfigRules::clip).orElse(0.0);
    List<Float> slopes = ConfigRules.alibiSlopes(heads, max);
    return ModelSpec.builder("mpt", c.architecture().orElse("MptForCausalLM"))
        .size(c.requirePositive("n_layers"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(c.intValue("max_seq_len", 2048))
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(c.number("layer_norm_epsilon", 1e-5))
        .mlp(4 * width, Activation.GELU)
        .layerSpecs(
            l -> new LayerSpec(0, scale, Optional.empty()).withSlopes(slopes).withClip(clip))
        .build();
  }

  private static void check(Config attention) {
    ConfigRules.mustBe(attention, "attn_type", "multihead_attention");
    ConfigRules.mustBe(attention, "alibi", true);
    ConfigRules.mustBe(attention, "prefix_lm", false);
    ConfigRules.mustBe(attention, "qk_ln", false);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("wte.weight", "transformer.", "");
    var tokens = r.matrix("wte.weight", s.vocab(), s.width());
    return new ModelWeights(
        tokens,
        null,
        IntStream.range(0, s.layers()).mapToObj(l -> layer(s, r, "blocks." + l + ".")).toList(),
        r.norm("norm_f", s.width(), false),
        new Projection(
            s.tiedEmbeddings() ? tokens : r.exactMatrix("lm_head.weight", s.vocab(), s.width()),
            null));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    return new LayerWeights(
        r.norm(p + "norm_1", d, false),
        r.linear(p + "attn.Wqkv", 3L * d, d, false),
        null,
        null,
        r.linear(p + "attn.out_proj", d, d, false),
        r.norm(p + "norm_2", d, false),
        r.linear(p + "ffn.up_proj", s.mlp().inner(), d, false),
        r.linear(p + "ffn.down_proj", d, s.mlp().inner(), false));
  }
}
