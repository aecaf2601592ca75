package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ExpertWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.MlpWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.LlamaRules.Biases;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Mixtral (Jiang et al. 2024): Mistral with experts in every layer. */
final class MixtralFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("mixtral");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    Rotary rotary = ConfigRules.rotary(c, headDim, 1e6, false);
    int window = c.intValue("sliding_window", 0);
    LayerSpec.Experts experts =
        new LayerSpec.Experts(
            c.requirePositive("num_local_experts"),
            c.requirePositive("num_experts_per_tok"),
            true,
            c.requirePositive("intermediate_size"),
            0);
    return LlamaRules.builder(c, "MixtralForCausalLM", headDim, rotary)
        .rmsNorm(c.number("rms_norm_eps", 1e-5))
        .layerSpecs(
            l ->
                new LayerSpec(window, 1 / Math.sqrt(headDim), Optional.of(rotary))
                    .withExperts(experts))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), false), false, (l, p) -> layer(s, r, l, p));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, int layer, String p) {
    LayerSpec.Experts mixture = s.layer(layer).experts().orElseThrow();
    String m = p + "block_sparse_moe.";
    ExpertWeights experts =
        new ExpertWeights(
            r.linear(m + "gate", mixture.count(), s.width(), false),
            IntStream.range(0, mixture.count())
                .mapToObj(e -> expert(s, r, m + "experts." + e + ".", mixture.inner()))
                .toList(),
            null,
            null);
    return LlamaRules.attention(s, r, p, Biases.NONE, null).withExperts(experts);
  }

  private static MlpWeights expert(ModelSpec s, WeightReader r, String p, long inner) {
    return new MlpWeights(
        r.stacked(s.width(), false, new String[] {p + "w1", p + "w3"}, new long[] {inner, inner}),
        r.linear(p + "w2", s.width(), inner, false));
  }
}
