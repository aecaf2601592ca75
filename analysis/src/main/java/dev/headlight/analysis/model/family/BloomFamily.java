package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
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
 * BLOOM (BigScience 2022): ALiBi in place of positions, a norm right after the embedding, queries,
 * keys and values packed head by head.
 */
final class BloomFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("bloom");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = ConfigRules.positive(c, "n_head", "num_attention_heads");
    int width = ConfigRules.positive(c, "hidden_size", "n_embed");
    ConfigRules.mustBe(c, "apply_residual_connection_post_layernorm", false);
    double scale = 1 / Math.sqrt((double) width / heads);
    List<Float> slopes = ConfigRules.alibiSlopes(heads, 8);
    return ModelSpec.builder("bloom", c.architecture().orElse("BloomForCausalLM"))
        .size(
            ConfigRules.positive(c, "n_layer", "num_hidden_layers"),
            width,
            c.requirePositive("vocab_size"))
        .heads(heads, heads, width / heads)
        .maxPositions(Integer.MAX_VALUE)
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(c.number("layer_norm_epsilon", 1e-5))
        .mlp(4 * width, Activation.GELU_TANH)
        .layerSpecs(l -> new LayerSpec(0, scale, Optional.empty()).withSlopes(slopes))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("word_embeddings.weight", "transformer.", "");
    int d = s.width();
    var tokens = r.matrix("word_embeddings.weight", s.vocab(), d);
    return new ModelWeights(
        new EmbeddingWeights(
            tokens, null, null, r.norm("word_embeddings_layernorm", d, true), null, null),
        IntStream.range(0, s.layers()).mapToObj(l -> layer(s, r, "h." + l + ".")).toList(),
        r.norm("ln_f", d, true),
        null,
        new Projection(
            s.tiedEmbeddings() ? tokens : r.exactMatrix("lm_head.weight", s.vocab(), d), null));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    int[] order = GptNeoxFamily.unpack(s.heads(), s.headDim());
    return new LayerWeights(
        r.norm(p + "input_layernorm", d, true),
        r.permuted(p + "self_attention.query_key_value", d, true, order),
        null,
        null,
        r.linear(p + "self_attention.dense", d, d, true),
        r.norm(p + "post_attention_layernorm", d, true),
        r.linear(p + "mlp.dense_h_to_4h", s.mlp().inner(), d, true),
        r.linear(p + "mlp.dense_4h_to_h", d, s.mlp().inner(), true));
  }
}
