package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;

/** StableLM: Llama's names with LayerNorms, partial rotary positions and biases on q, k, v. */
final class StableLmFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("stablelm");
  }

  @Override
  public ModelSpec spec(Config c) {
    ConfigRules.mustBe(c, "qk_layernorm", false);
    int headDim = c.requirePositive("hidden_size") / c.requirePositive("num_attention_heads");
    int turned = (int) (headDim * c.number("partial_rotary_factor", 0.25));
    Rotary rotary = ConfigRules.rotary(c, turned, 10000, false);
    boolean parallel = c.bool("use_parallel_residual", false);
    return LlamaRules.builder(c, "StableLmForCausalLM", headDim, rotary)
        .layerNorm(c.number("layer_norm_eps", 1e-5))
        .form(parallel ? BlockForm.PARALLEL_SHARED : BlockForm.SERIAL)
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    boolean bias = c.bool("use_qkv_bias", false);
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), true), false, (l, p) -> layer(s, r, p, bias));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    boolean shared = s.form() == BlockForm.PARALLEL_SHARED;
    return new LayerWeights(
        r.norm(p + "input_layernorm", s.width(), true),
        LlamaRules.qkv(s, r, p, bias),
        null,
        null,
        LlamaRules.out(s, r, p, false),
        null,
        shared ? null : r.norm(p + "post_attention_layernorm", s.width(), true),
        LlamaRules.mlp(s, r, p + "mlp.", s.mlp().inner(), false),
        null,
        null,
        null);
  }
}
