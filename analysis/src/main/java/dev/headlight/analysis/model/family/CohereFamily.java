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
 * Command R: parallel blocks with one LayerNorm without bias, neighbouring dimensions turned
 * together, logits scaled; in Command R+ every head's queries and keys have a norm of their own.
 */
final class CohereFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("cohere");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    Rotary rotary = ConfigRules.rotary(c, headDim, 10000, true);
    return LlamaRules.builder(c, "CohereForCausalLM", headDim, rotary)
        .tied(c.bool("tie_word_embeddings", true))
        .layerNorm(c.number("layer_norm_eps", 1e-5))
        .form(BlockForm.PARALLEL_SHARED)
        .qkNorm(c.bool("use_qk_norm", false) ? QkNorm.HEAD : QkNorm.NONE)
        .logitScale(c.number("logit_scale", 0.0625))
        .layerSpecs(l -> new LayerSpec(0, 1 / Math.sqrt(headDim), Optional.of(rotary)))
        .build();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    boolean bias = c.bool("attention_bias", false);
    return LlamaRules.model(
        s, r, r.norm("norm", s.width(), false), false, (l, p) -> layer(s, r, p, bias));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    return new LayerWeights(
        r.norm(p + "input_layernorm", s.width(), false),
        LlamaRules.qkv(s, r, p, bias),
        headNorm(s, r, p + "self_attn.q_norm.weight", s.heads()),
        headNorm(s, r, p + "self_attn.k_norm.weight", s.kvHeads()),
        LlamaRules.out(s, r, p, bias),
        null,
        null,
        LlamaRules.mlp(s, r, p + "mlp.", s.mlp().inner(), false),
        null,
        null,
        null);
  }

  private static NormWeights headNorm(ModelSpec s, WeightReader r, String name, int heads) {
    return s.qkNorm() == QkNorm.NONE
        ? null
        : new NormWeights(r.array(name, heads, s.headDim()), null);
  }
}
