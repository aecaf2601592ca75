package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.EmbeddingWeights;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelSpec.Pool;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.Projection;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.VisionWeights.Contrast;
import dev.headlight.analysis.model.WeightReader;
import java.util.Set;

/**
 * CLIP (Radford et al. 2021): a tower of text, which is the main transformer here, and beside it
 * one of pictures. The text is read at its end token.
 */
final class ClipFamily implements Family {
  /** What original files say instead of the end token's id; they look for the largest id. */
  private static final int LEGACY_END = 2;

  @Override
  public Set<String> modelTypes() {
    return Set.of("clip");
  }

  @Override
  public ModelSpec spec(Config c) {
    Config text = c.requireObject("text_config");
    int end = text.intValue("eos_token_id", 49407);
    Pool pool = end == LEGACY_END ? Pool.of(Pool.Way.LARGEST_ID) : new Pool(Pool.Way.TOKEN, end);
    ModelSpec tower =
        TowerRules.clip(
            c.requireObject("vision_config"), Output.pooled(Pool.of(Pool.Way.FIRST), false));
    return TowerRules.text(text, new TowerRules.Usual(512, 8, "quick_gelu", 1e-5), 49408, 77)
        .output(Output.pooled(pool, false))
        .build()
        .seeing("clip", c.architecture().orElse("CLIPModel"), VisionSpec.beside(tower));
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    int joint = c.intValue("projection_dim", 512);
    ModelSpec seen = s.vision().orElseThrow().tower();
    ModelWeights tower = TowerRules.clip(seen, r, "vision_model.");
    EmbeddingWeights embedding = TowerRules.textEmbedding(s, r);
    Contrast contrast = new Contrast(Math.exp(r.number("logit_scale")), 0, false);
    return new ModelWeights(
            embedding,
            TowerRules.layers(s, r),
            r.norm("final_layer_norm", s.width(), true),
            null,
            projection(r, "text_projection.weight", joint, s.width()))
        .seeing(
            new VisionWeights(
                new ModelWeights(
                    tower.embedding(),
                    tower.layers(),
                    tower.finalNorm(),
                    null,
                    projection(r, "visual_projection.weight", joint, seen.width())),
                null,
                contrast));
  }

  private static Projection projection(WeightReader r, String name, int out, int in) {
    return new Projection(r.exactMatrix(name, out, in), null);
  }
}
