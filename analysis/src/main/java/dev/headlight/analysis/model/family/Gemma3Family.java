package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Norm;
import dev.headlight.analysis.model.VisionSpec.Merge;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionSpec.Sees;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;

/**
 * Gemma 3 with pictures (Gemma team 2025): a SigLIP tower, means of blocks of patches, a norm and a
 * projection; the tokens of a picture see each other.
 */
final class Gemma3Family extends SiglipLanguage {
  Gemma3Family() {
    super(Sees.OWN_PICTURE, "Gemma3ForConditionalGeneration");
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("gemma3");
  }

  @Override
  Projector projector(Config c, ModelSpec tower) {
    int side = (int) Math.sqrt(c.intValue("mm_tokens_per_image", 256));
    int factor = tower.patches().orElseThrow().trained().rows() / side;
    Norm norm = new Norm(Norm.Kind.RMS, tower.norm().epsilon());
    return new Projector(Merge.MEANS, factor, Optional.of(norm), Optional.empty());
  }

  @Override
  VisionWeights.Projector projector(int width, int towerWidth, WeightReader r) {
    r.withPrefix("mm_input_projection_weight", TowerRules.PROJECTOR);
    return new VisionWeights.Projector(
        r.onePlusNorm("mm_soft_emb_norm", towerWidth),
        r.turned("mm_input_projection_weight", width, towerWidth),
        null);
  }
}
