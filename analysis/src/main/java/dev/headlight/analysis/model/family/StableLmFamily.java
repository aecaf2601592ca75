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
 * StableLM: Llama's names with LayerNorms, partial rotary positions and biases on q, k, v; StableLM
 * 2 12B has parallel blocks, and a norm for each head's queries and keys.
 */
final class StableLmFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("stablelm");
  }

  @Override
  public ModelSpec spec(Config c) {
    int headDim = c.requirePositive("hidden_size") / c.requirePositive("num_attention_heads");
    int turned = (int) (headDim * c.number("partial_rotary_factor", 0.25));
    Rotary rotary = ConfigRules.rotary(c, turned, 10000, false);
    boolean parallel = c.bool("use_parallel_residual", false);
    return LlamaRules.builder(c, "StableLmForCausalLM", headDim, rotary)
        .layerNorm(c.number("layer_norm_eps", 1e-5))
        .qkNorm(c.bool("qk_layernorm", false) ? QkNorm.HEAD : QkNorm.NONE)
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
        headNorms(s, r, p + "self_attn.q_layernorm.norms.", s.heads()),
        headNorms(s, r, p + "self_attn.k_layernorm.norms.", s.kvHeads()),
        LlamaRules.out(s, r, p, false),
        null,
        shared ? null : r.norm(p + "post_attention_layernorm", s.width(), true),
        LlamaRules.mlp(s, r, p + "mlp.", s.mlp().inner(), false),
        null,
        null,
        null);
  }

  /** A norm for each head, stored one by one. */
  private static NormWeights headNorms(ModelSpec s, WeightReader r, String prefix, int heads) {
    return s.qkNorm() == QkNorm.NONE
        ? null
        : new NormWeights(r.rows(prefix, ".weight", heads, s.headDim()), null);
  }
}
