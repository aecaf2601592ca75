package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.WeightReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * GPT-2 (Radford et al. 2019). Weights are Conv1D, stored [in, out]; files from the hub's early
 * days lack the {@code transformer.} prefix and carry mask buffers, which are ignored.
 */
final class Gpt2Family implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("gpt2");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("n_head");
    int width = c.requirePositive("n_embd");
    int headDim = width / heads;
    ConfigRules.mustBe(c, "add_cross_attention", false);
    boolean scaled = c.bool("scale_attn_weights", true);
    boolean byLayer = c.bool("scale_attn_by_inverse_layer_idx", false);
    double scale = scaled ? 1 / Math.sqrt(headDim) : 1;
    return ModelSpec.builder("gpt2", c.architecture().orElse("GPT2LMHeadModel"))
        .size(c.requirePositive("n_layer"), width, c.requirePositive("vocab_size"))
        .heads(heads, heads, headDim)
        .maxPositions(c.requirePositive("n_positions"))
        .learnedPositions(0)
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(c.number("layer_norm_epsilon", 1e-5))
        .mlp(
            c.intValue("n_inner", 4 * width),
            ConfigRules.activation(c, "activation_function", "gelu_new"))
        .layerSpecs(l -> new LayerSpec(0, scale / (byLayer ? l + 1 : 1), Optional.empty()))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("wte.weight", "transformer.", "");
    int d = s.width();
    List<LayerWeights> layers = new ArrayList<>();
    for (int l = 0; l < s.layers(); l++) {
      String p = "h." + l + ".";
      layers.add(
          new LayerWeights(
              r.norm(p + "ln_1", d, true),
              r.conv1d(p + "attn.c_attn", 3 * d, d),
              null,
              null,
              r.conv1d(p + "attn.c_proj", d, d),
              r.norm(p + "ln_2", d, true),
              r.conv1d(p + "mlp.c_fc", s.mlp().inner(), d),
              r.conv1d(p + "mlp.c_proj", d, s.mlp().inner())));
    }
    var embedding = r.matrix("wte.weight", s.vocab(), d);
    return new ModelWeights(
        embedding,
        r.matrix("wpe.weight", s.maxPositions(), d),
        layers,
        r.norm("ln_f", d, true),
        new Projection(
            s.tiedEmbeddings() ? embedding : r.exactMatrix("lm_head.weight", s.vocab(), d), null));
  }
}
