package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.LlamaRules.Biases;
import java.util.Set;

/**
 * OLMo 2 (OLMo team 2024): Llama's names with norms on the branches' outputs instead of before
 * them, and queries and keys normed over all heads together.
 */
final class Olmo2Family implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("olmo2");
  }

  @Override
  public ModelSpec spec(Config c) {
    return LlamaRules.builder(c, "Olmo2ForCausalLM")
        .rmsNorm(c.number("rms_norm_eps", 1e-5))
        .form(BlockForm.BRANCH_NORM)
        .qkNorm(QkNorm.WHOLE)
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    Biases biases = Biases.of(c);
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), false), false, (l, p) -> layer(s, r, p, biases));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, Biases biases) {
    return new LayerWeights(
        null,
        LlamaRules.qkv(s, r, p, biases.qkv()),
        LlamaRules.qkNorm(s, r, p, false),
        LlamaRules.qkNorm(s, r, p, true),
        LlamaRules.out(s, r, p, biases.out()),
        r.norm(p + "post_attention_layernorm", s.width(), false),
        null,
        LlamaRules.mlp(s, r, p + "mlp.", s.mlp().inner(), false),
        r.norm(p + "post_feedforward_layernorm", s.width(), false),
        null,
        null);
  }
}
