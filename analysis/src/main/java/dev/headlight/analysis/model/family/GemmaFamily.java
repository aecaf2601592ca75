package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.LayerSpec;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.BlockForm;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpec.QkNorm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.NormWeights;
import dev.headlight.analysis.model.RopeScaling;
import dev.headlight.analysis.model.Rotary;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;

/**
 * Gemma (Gemma team 2024), Gemma 2 (soft caps, four norms a layer, every other layer slides) and
 * Gemma 3's language model (queries and keys normed, two bases of rotary positions).
 */
final class GemmaFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("gemma", "gemma2", "gemma3_text");
  }

  @Override
  public ModelSpec spec(Config c) {
    boolean first = c.modelType().equals("gemma");
    boolean third = c.modelType().equals("gemma3_text");
    ConfigRules.mustBe(c, "use_bidirectional_attention", false);
    int headDim = c.has("head_dim") ? c.requirePositive("head_dim") : 256;
    double scalar = first ? headDim : c.number("query_pre_attn_scalar", 256);
    Rotary full = ConfigRules.rotary(c, headDim, third ? 1e6 : 10000, false);
    double localBase = c.number("rope_local_base_freq", 10000);
    Rotary local = third ? new Rotary(headDim, localBase, false, new RopeScaling.None()) : full;
    double cap = c.number("attn_logit_softcapping", 0);
    return LlamaRules.builder(c, "GemmaForCausalLM", headDim, full)
        .tied(c.bool("tie_word_embeddings", true))
        .embeddingScale((float) Math.sqrt(c.requirePositive("hidden_size")))
        .form(first ? BlockForm.SERIAL : BlockForm.SANDWICH)
        .qkNorm(third ? QkNorm.HEAD : QkNorm.NONE)
        .gatedMlp(
            c.requirePositive("intermediate_size"),
            ConfigRules.activation(
                c, first ? "hidden_act" : "hidden_activation", "gelu_pytorch_tanh"))
        .output(new Output(true, Optional.empty(), 1, c.number("final_logit_softcapping", 0)))
        .layerSpecs(
            l -> {
              boolean slides = !first && slides(c, l, third);
              int window = slides ? c.requirePositive("sliding_window") : 0;
              Rotary rotary = slides ? local : full;
              return new LayerSpec(window, 1 / Math.sqrt(scalar), Optional.of(rotary))
                  .withSoftcap(cap);
            })
        .build();
  }

  /** Gemma 2 slides in even layers; Gemma 3 in all but every sixth. */
  private static boolean slides(Config c, int layer, boolean third) {
    int pattern = third ? c.intValue("sliding_window_pattern", 6) : 2;
    return ConfigRules.slides(c, layer, (layer + 1) % pattern != 0);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    r.withPrefix("embed_tokens.weight", "model.", "");
    boolean bias = c.bool("attention_bias", false);
    return LlamaRules.model(
        s, r, r.onePlusNorm("norm", s.width()), false, (l, p) -> layer(s, r, p, bias));
  }

  private static LayerWeights layer(ModelSpec s, WeightReader r, String p, boolean bias) {
    int d = s.width();
    boolean sandwich = s.form() == BlockForm.SANDWICH;
    boolean normed = s.qkNorm() == QkNorm.HEAD;
    NormWeights attention = r.onePlusNorm(p + "post_attention_layernorm", d);
    return new LayerWeights(
        r.onePlusNorm(p + "input_layernorm", d),
        LlamaRules.qkv(s, r, p, bias),
        normed ? r.onePlusNorm(p + "self_attn.q_norm", s.headDim()) : null,
        normed ? r.onePlusNorm(p + "self_attn.k_norm", s.headDim()) : null,
        LlamaRules.out(s, r, p, bias),
        sandwich ? attention : null,
        sandwich ? r.onePlusNorm(p + "pre_feedforward_layernorm", d) : attention,
        LlamaRules.mlp(s, r, p + "mlp.", s.mlp().inner(), false),
        sandwich ? r.onePlusNorm(p + "post_feedforward_layernorm", d) : null,
        null,
        null);
  }
}
