package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.LlamaRules.Biases;
import java.util.Optional;
import java.util.Set;

/**
 * Llama (Touvron et al. 2023) and those that share its names: Mistral (sliding window), Qwen 2
 * (biases on q, k, v), Qwen 3 (queries and keys normed by head), SmolLM.
 */
final class LlamaFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("llama", "mistral", "qwen2", "qwen2_vl_text", "qwen2_5_vl_text", "qwen3");
  }

  @Override
  public ModelSpec spec(Config c) {
    int headDim = headDim(c);
    Rotary rotary = ConfigRules.rotary(c, headDim, 10000, false);
    double scale = 1 / Math.sqrt(headDim);
    return LlamaRules.builder(c, "LlamaForCausalLM", headDim, rotary)
        .qkNorm(c.modelType().equals("qwen3") ? QkNorm.HEAD : QkNorm.NONE)
        .layerSpecs(l -> new LayerSpec(window(c, l), scale, Optional.of(rotary)))
        .build();
  }

  /**
   * Qwen 3 has heads of 128 unless it says otherwise; for the others absent means width / heads.
   */
  private static int headDim(Config c) {
    boolean silent = !c.has("head_dim") && c.modelType().equals("qwen3");
    int width = c.requirePositive("hidden_size");
    return silent ? 128 : ConfigRules.headDim(c, width, c.requirePositive("num_attention_heads"));
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
    boolean rule = layer >= c.intValue("max_window_layers", 28);
    return ConfigRules.slides(c, layer, rule) ? window : 0;
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    boolean qwen2 = s.family().startsWith("qwen2");
    Biases biases = qwen2 ? new Biases(true, false, false) : Biases.of(c);
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), false), false, (l, p) -> LlamaRules.layer(s, r, p, biases));
  }
}
