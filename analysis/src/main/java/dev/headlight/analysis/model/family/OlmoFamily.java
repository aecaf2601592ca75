package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.LlamaRules.Biases;
import java.util.Optional;
import java.util.Set;

/**
 * OLMo (Groeneveld et al. 2024): Llama's names, LayerNorms that have neither weight nor bias and an
 * epsilon of their own, and in the 7B model q, k and v cut at {@code clip_qkv}.
 */
final class OlmoFamily implements Family {
  private static final NormWeights BARE = new NormWeights(null, null);

  @Override
  public Set<String> modelTypes() {
    return Set.of("olmo");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    Rotary rotary = ConfigRules.rotary(c, headDim, 10000, false);
    double clip = ConfigRules.clip(c);
    return LlamaRules.builder(c, "OlmoForCausalLM", headDim, rotary)
        .layerNorm(1e-5)
        .layerSpecs(
            l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)).withClip(clip))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    Biases biases = Biases.of(c);
    return LlamaRules.model(s, r, BARE, false, (l, p) -> layer(s, r, p, biases));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, Biases biases) {
    return new LayerWeights(
        BARE,
        LlamaRules.qkv(s, r, p, biases.qkv()),
        null,
        null,
        LlamaRules.out(s, r, p, biases.out()),
        null,
        BARE,
        LlamaRules.mlp(s, r, p + "mlp.", s.mlp().inner(), false),
        null,
        null,
        null);
  }
}
