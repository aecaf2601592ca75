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
 * SigLIP (Zhai et al. 2023): a tower of text without any mask, read at its last position, which is
 * the main transformer here, and beside it one of pictures, read by an attention with a learned
 * query.
 */
final class SiglipFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("siglip");
  }

  @Override
  public ModelSpec spec(Config c) {
    Config text = c.requireObject("text_config");
    ModelSpec tower =
        TowerRules.siglip(
            c.requireObject("vision_config"), Output.pooled(Pool.of(Pool.Way.PROBE), false));
    return TowerRules.text(
            text, new TowerRules.Usual(768, 12, "gelu_pytorch_tanh", 1e-6), 32000, 64)
        .bidirectional()
        .output(Output.pooled(Pool.of(Pool.Way.LAST), false))
        .build()
        .seeing("siglip", c.architecture().orElse("SiglipModel"), VisionSpec.beside(tower));
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    ModelSpec seen = s.vision().orElseThrow().tower();
    ModelWeights tower =
        TowerRules.siglip(seen, r, "vision_model.").pooling(pool(seen, r, "head."));
    EmbeddingWeights embedding = TowerRules.textEmbedding(s, r);
    int joint = c.requireObject("text_config").intValue("projection_size", s.width());
    double scale = Math.exp(r.number("logit_scale", 1));
    Contrast contrast = new Contrast(scale, r.number("logit_bias", 1), true);
    return new ModelWeights(
            embedding,
            TowerRules.layers(s, r),
            r.norm("final_layer_norm", s.width(), true),
            null,
            r.linear("head", joint, s.width(), true))
        .seeing(new VisionWeights(tower, null, contrast));
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
