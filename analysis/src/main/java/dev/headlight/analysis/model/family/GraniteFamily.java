package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.LlamaRules.Biases;
import java.util.Optional;
import java.util.Set;

/** Granite: Llama with factors on embedding, scores, branches and logits. */
final class GraniteFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("granite");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    Rotary rotary = ConfigRules.rotary(c, headDim, 10000, false);
    double scale = c.number("attention_multiplier", 1);
    return LlamaRules.builder(c, "GraniteForCausalLM", headDim, rotary)
        .embeddingScale(c.number("embedding_multiplier", 1))
        .residualScale(c.number("residual_multiplier", 1))
        .logitScale(1 / c.number("logits_scaling", 1))
        .layerSpecs(l -> new LayerSpec(0, scale, Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    Biases biases = Biases.of(c);
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), false), false, (l, p) -> LlamaRules.layer(s, r, p, biases));
  }
}
