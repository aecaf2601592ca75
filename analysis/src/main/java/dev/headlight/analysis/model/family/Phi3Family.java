package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;

/** Phi-3 and Phi-4 (Abdin et al. 2024): Llama with q, k, v packed and gate, up packed. */
final class Phi3Family implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("phi3");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    int turned = (int) (headDim * c.number("partial_rotary_factor", 1));
    Rotary rotary = ConfigRules.rotary(c, turned, 10000, false);
    int window = c.intValue("sliding_window", 0);
    return LlamaRules.builder(c, "Phi3ForCausalLM", headDim, rotary)
        .rmsNorm(c.number("rms_norm_eps", 1e-5))
        .layerSpecs(l -> new LayerSpec(window, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), false), false, (l, p) -> layer(s, r, p));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    int m = s.mlp().inner();
    long rows = LlamaRules.queries(s) + 2 * LlamaRules.groups(s);
    return new LayerWeights(
        r.norm(p + "input_layernorm", d, false),
        r.linear(p + "self_attn.qkv_proj", rows, d, false),
        null,
        null,
        LlamaRules.out(s, r, p, false),
        r.norm(p + "post_attention_layernorm", d, false),
        r.linear(p + "mlp.gate_up_proj", 2L * m, d, false),
        r.linear(p + "mlp.down_proj", d, m, false));
  }
}
