package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.MlpWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpec.Pool;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.PoolWeights;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.VisionWeights.Contrast;
import dev.headlight.analysis.model.WeightReader;
import java.util.Set;

/**
 * SigLIP (Zhai et al. 2023) and SigLIP 2 (Tschannen et al. 2025): a tower of text without any mask,
 * read at its last position, which is the main transformer here, and beside it one of pictures,
 * read by an attention with a learned query. Either tower is also a model by itself. SigLIP 2 reads
 * pictures of any shape, whose patches its processor cuts.
 */
final class SiglipFamily implements Family {
  private static final String TEXT = "_text_model";
  private static final String PICTURES = "_vision_model";

  @Override
  public Set<String> modelTypes() {
    return Set.of(
        "siglip",
        "siglip_text_model",
        "siglip_vision_model",
        "siglip2",
        "siglip2_text_model",
        "siglip2_vision_model");
  }

  @Override
  public ModelSpec spec(Config c) {
    String type = c.modelType();
    boolean second = type.startsWith("siglip2");
    if (type.endsWith(TEXT)) {
      return text(c);
    }
    if (type.endsWith(PICTURES)) {
      return pictures(c, second);
    }
    String usual = second ? "Siglip2Model" : "SiglipModel";
    ModelSpec tower = pictures(c.requireObject("vision_config"), second);
    return text(c.requireObject("text_config"))
        .seeing(type, c.architecture().orElse(usual), VisionSpec.beside(tower));
  }

  private static ModelSpec text(Config c) {
    return TowerRules.text(c, new TowerRules.Usual(768, 12, "gelu_pytorch_tanh", 1e-6), 32000, 64)
        .bidirectional()
        .output(Output.pooled(Pool.of(Pool.Way.LAST), false))
        .build();
  }

  /** Without its own head a tower hands out every patch, as it does before a language model. */
  private static ModelSpec pictures(Config c, boolean second) {
    boolean head = c.bool("vision_use_head", true);
    Output output = head ? Output.pooled(Pool.of(Pool.Way.PROBE), false) : TowerRules.BODY;
    return second ? TowerRules.siglip2(c, output) : TowerRules.siglip(c, output);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    if (c.modelType().endsWith(TEXT)) {
      return text(s, c, r);
    }
    if (s.patches().isPresent()) {
      return pictures(s, r);
    }
    ModelWeights tower = pictures(s.vision().orElseThrow().tower(), r);
    ModelWeights text = text(s, c.requireObject("text_config"), r);
    double scale = Math.exp(r.number("logit_scale", 1));
    Contrast contrast = new Contrast(scale, r.number("logit_bias", 1), true);
    return text.seeing(new VisionWeights(tower, null, contrast));
  }

  private static ModelWeights text(ModelSpec s, Config c, WeightReader r) {
    EmbeddingWeights embedding = TowerRules.textEmbedding(s, r);
    int joint = c.intValue("projection_size", s.width());
    return new ModelWeights(
        embedding,
        TowerRules.layers(s, r),
        r.norm("final_layer_norm", s.width(), true),
        null,
        r.linear("head", joint, s.width(), true));
  }

  private static ModelWeights pictures(ModelSpec s, WeightReader r) {
    ModelWeights tower = TowerRules.siglip(s, r, "vision_model.");
    return s.pooled() ? tower.pooling(pool(s, r, "head.")) : tower;
  }

  private static PoolWeights pool(ModelSpec s, WeightReader r, String p) {
    int d = s.width();
    int inner = s.mlp().inner();
    String in = p + "attention.in_proj_";
    return new PoolWeights(
        r.array(p + "probe", 1, 1, d).reshape(1, d),
        r.named(in + "weight", in + "bias", 3L * d, d),
        r.linear(p + "attention.out_proj", d, d, true),
        r.norm(p + "layernorm", d, true),
        new MlpWeights(
            r.linear(p + "mlp.fc1", inner, d, true), r.linear(p + "mlp.fc2", d, inner, true)));
  }
}
