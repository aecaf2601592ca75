package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionSpec.Merge;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionSpec.Sees;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gemma 3 with pictures (Gemma team 2025): a SigLIP tower, means of blocks of patches, a norm and a
 * projection; the tokens of a picture see each other.
 */
final class Gemma3Family implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("gemma3");
  }

  @Override
  public ModelSpec spec(Config c) {
    ModelSpec tower = TowerRules.siglip(c.requireObject("vision_config"), TowerRules.BODY);
    int side = (int) Math.sqrt(c.intValue("mm_tokens_per_image", 256));
    Norm norm = new Norm(Norm.Kind.RMS, tower.norm().epsilon());
    Projector projector =
        new Projector(
            Merge.MEANS,
            tower.patches().orElseThrow().trained().rows() / side,
            Optional.of(norm),
            Optional.empty());
    int token = c.intValue("image_token_index", c.intValue("image_token_id", 262144));
    VisionSpec sight =
        new VisionSpec(tower, List.of(tower.layers()), 0, projector, token)
            .seeing(Sees.OWN_PICTURE);
    String architecture = c.architecture().orElse("Gemma3ForConditionalGeneration");
    return Language.of(c).spec().seeing(c.modelType(), architecture, sight);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    VisionSpec sight = s.vision().orElseThrow();
    ModelWeights language = Language.of(c).weights(r);
    ModelWeights tower = TowerRules.siglip(sight.tower(), r, TowerRules.INSIDE);
    int width = sight.tower().width();
    r.withPrefix("mm_input_projection_weight", TowerRules.PROJECTOR);
    return language.seeing(
        new VisionWeights(
            tower,
            new VisionWeights.Projector(
                r.onePlusNorm("mm_soft_emb_norm", width),
                r.turned("mm_input_projection_weight", s.width(), width),
                null)));
  }
}
