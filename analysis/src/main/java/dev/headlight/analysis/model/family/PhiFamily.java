package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;

/**
 * Phi-1 to Phi-2 (Gunasekar et al. 2023): parallel blocks with one LayerNorm, partial rotary
 * positions, biases everywhere, the unembedding included.
 */
final class PhiFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("phi");
  }

  @Override
  public ModelSpec spec(Config c) {
    int headDim = c.requirePositive("hidden_size") / c.requirePositive("num_attention_heads");
    int turned = (int) (headDim * c.number("partial_rotary_factor", 0.5));
    Rotary rotary = ConfigRules.rotary(c, turned, 10000, false);
    return LlamaRules.builder(c, "PhiForCausalLM", headDim, rotary)
        .layerNorm(c.number("layer_norm_eps", 1e-5))
        .form(BlockForm.PARALLEL_SHARED)
        .qkNorm(c.bool("qk_layernorm", false) ? QkNorm.HEAD : QkNorm.NONE)
        .mlp(
            c.requirePositive("intermediate_size"),
            ConfigRules.activation(c, "hidden_act", "gelu_new"))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    return LlamaRules.model(
        s, r, r.norm("final_layernorm", s.width(), true), true, (l, p) -> layer(s, r, p));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    int m = s.mlp().inner();
    return new LayerWeights(
        r.norm(p + "input_layernorm", d, true),
        LlamaRules.qkv(s, r, p, true),
        headNorm(s, r, p + "self_attn.q_layernorm"),
        headNorm(s, r, p + "self_attn.k_layernorm"),
        r.linear(p + "self_attn.dense", d, LlamaRules.queries(s), true),
        null,
        r.linear(p + "mlp.fc1", m, d, true),
        r.linear(p + "mlp.fc2", d, m, true));
  }

  private static NormWeights headNorm(ModelSpec s, WeightReader r, String name) {
    return s.qkNorm() == QkNorm.NONE ? null : r.norm(name, s.headDim(), true);
  }
}
