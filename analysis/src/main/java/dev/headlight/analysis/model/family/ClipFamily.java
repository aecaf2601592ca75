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
 * one of pictures. The text is read at its end token. Either tower is also a model by itself, with
 * its projection or without.
 */
final class ClipFamily implements Family {
  /** What original files say instead of the end token's id; they look for the largest id. */
  private static final int LEGACY_END = 2;

  private static final String TEXT = "clip_text_model";
  private static final String PICTURES = "clip_vision_model";
  private static final String PROJECTED = "WithProjection";

  @Override
  public Set<String> modelTypes() {
    return Set.of("clip", TEXT, PICTURES);
  }

  @Override
  public ModelSpec spec(Config c) {
    return switch (c.modelType()) {
      case TEXT -> text(c);
      case PICTURES -> pictures(c);
      default ->
          text(c.requireObject("text_config"))
              .seeing(
                  "clip",
                  c.architecture().orElse("CLIPModel"),
                  VisionSpec.beside(pictures(c.requireObject("vision_config"))));
    };
  }

  private static ModelSpec text(Config c) {
    int end = c.intValue("eos_token_id", 49407);
    Pool pool = end == LEGACY_END ? Pool.of(Pool.Way.LARGEST_ID) : new Pool(Pool.Way.TOKEN, end);
    return TowerRules.text(c, new TowerRules.Usual(512, 8, "quick_gelu", 1e-5), 49408, 77)
        .output(Output.pooled(pool, false))
        .build();
  }

  private static ModelSpec pictures(Config c) {
    return TowerRules.clip(c, Output.pooled(Pool.of(Pool.Way.FIRST), false));
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    int joint = c.intValue("projection_dim", 512);
    if (!c.modelType().equals("clip")) {
      boolean projected = s.architecture().endsWith(PROJECTED);
      return s.patches().isPresent()
          ? pictures(s, r, projected ? joint : 0)
          : text(s, r, projected ? joint : 0);
    }
    ModelWeights tower = pictures(s.vision().orElseThrow().tower(), r, joint);
    Contrast contrast = new Contrast(Math.exp(r.number("logit_scale")), 0, false);
    return text(s, r, joint).seeing(new VisionWeights(tower, null, contrast));
  }

  /**
   * The tower of pictures.
   *
   * @param joint width of the space that texts and pictures share; 0 without a projection
   */
  private static ModelWeights pictures(ModelSpec s, WeightReader r, int joint) {
    ModelWeights bare = TowerRules.clip(s, r, "vision_model.");
    return new ModelWeights(
        bare.embedding(),
        bare.layers(),
        bare.finalNorm(),
        null,
        projection(r, "visual_projection.weight", joint, s.width()));
  }

  private static ModelWeights text(ModelSpec s, WeightReader r, int joint) {
    EmbeddingWeights embedding = TowerRules.textEmbedding(s, r);
    return new ModelWeights(
        embedding,
        TowerRules.layers(s, r),
        r.norm("final_layer_norm", s.width(), true),
        null,
        projection(r, "text_projection.weight", joint, s.width()));
  }

  private static Projection projection(WeightReader r, String name, int out, int in) {
    return out == 0 ? null : new Projection(r.exactMatrix(name, out, in), null);
  }
}
