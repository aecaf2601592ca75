package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ExpertWeights;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import dev.headlight.analysis.model.family.LlamaRules.Biases;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Experts under Qwen's names: Qwen 2 MoE (plain layers in between, an expert for all tokens), Qwen
 * 3 MoE (queries and keys normed by head) and OLMoE (normed over all heads; Muennighoff et al.
 * 2024).
 */
final class QwenMoeFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("qwen2_moe", "qwen3_moe", "olmoe");
  }

  @Override
  public ModelSpec spec(Config c) {
    int heads = c.requirePositive("num_attention_heads");
    int headDim = ConfigRules.headDim(c, c.requirePositive("hidden_size"), heads);
    Rotary rotary = ConfigRules.rotary(c, headDim, 10000, false);
    LayerSpec plain =
        new LayerSpec(window(c), 1 / Math.sqrt(headDim), Optional.of(rotary)).withClip(clip(c));
    LayerSpec mixed = plain.withExperts(experts(c));
    return LlamaRules.builder(c, "Qwen2MoeForCausalLM", headDim, rotary)
        .rmsNorm(c.number("rms_norm_eps", c.modelType().equals("olmoe") ? 1e-5 : 1e-6))
        .qkNorm(qkNorm(c))
        .layerSpecs(l -> mixed(c, l) ? mixed : plain)
        .build();
  }

  /**
   * The window of every layer: with eager attention the reference lets all of them slide, {@code
   * max_window_layers} counts only with flash attention. OLMoE reads neither field.
   */
  private static int window(Config c) {
    boolean slides = !c.modelType().equals("olmoe") && c.bool("use_sliding_window", false);
    return slides && !c.isNull("sliding_window") ? c.intValue("sliding_window", 4096) : 0;
  }

  /** Only OLMoE reads it. */
  private static double clip(Config c) {
    return c.modelType().equals("olmoe") ? ConfigRules.clip(c) : 0;
  }

  private static QkNorm qkNorm(Config c) {
    return switch (c.modelType()) {
      case "qwen3_moe" -> QkNorm.HEAD;
      case "olmoe" -> QkNorm.WHOLE;
      default -> QkNorm.NONE;
    };
  }

  private static LayerSpec.Experts experts(Config c) {
    boolean shared = c.modelType().equals("qwen2_moe");
    return new LayerSpec.Experts(
        c.requirePositive("num_experts"),
        c.requirePositive("num_experts_per_tok"),
        c.bool("norm_topk_prob", false),
        c.intValue("moe_intermediate_size", c.requirePositive("intermediate_size")),
        shared ? c.requirePositive("shared_expert_intermediate_size") : 0);
  }

  private static boolean mixed(Config c, int layer) {
    return !c.intList("mlp_only_layers").contains(layer)
        && (layer + 1) % c.intValue("decoder_sparse_step", 1) == 0;
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    Biases biases =
        s.family().equals("qwen2_moe")
            ? new Biases(c.bool("qkv_bias", true), false, false)
            : Biases.of(c);
    return LlamaRules.model(
        s,
        r,
        r.norm("norm", s.width(), false),
        false,
        (l, p) ->
            s.layer(l).experts().isEmpty()
                ? LlamaRules.layer(s, r, p, biases)
                : LlamaRules.attention(s, r, p, biases, null)
                    .withExperts(experts(s, r, p + "mlp.", s.layer(l).experts().get())));
  }

  private static ExpertWeights experts(
      ModelSpec s, WeightReader r, String p, LayerSpec.Experts mixture) {
    boolean shared = mixture.sharedInner() > 0;
    return new ExpertWeights(
        r.linear(p + "gate", mixture.count(), s.width(), false),
        IntStream.range(0, mixture.count())
            .mapToObj(e -> LlamaRules.mlp(s, r, p + "experts." + e + ".", mixture.inner(), false))
            .toList(),
        shared ? LlamaRules.mlp(s, r, p + "shared_expert.", mixture.sharedInner(), false) : null,
        shared ? r.linear(p + "shared_expert_gate", 1, s.width(), false) : null);
  }
}
