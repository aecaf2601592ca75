package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.VisionSpec.Merge;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionSpec.Sees;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.Optional;
import java.util.Set;

/**
 * PaliGemma (Beyer et al. 2024): a SigLIP tower, one projection, and a prompt whose tokens all see
 * each other. That its rows are divided by the embedding's factor and multiplied by it again is
 * left out.
 */
final class PaliGemmaFamily extends SiglipLanguage {
  PaliGemmaFamily() {
    super(Sees.WHOLE_PROMPT, "PaliGemmaForConditionalGeneration");
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("paligemma");
  }

  @Override
  Projector projector(Config c, ModelSpec tower) {
    return new Projector(Merge.NONE, 1, Optional.empty(), Optional.empty());
  }

  @Override
  VisionWeights.Projector projector(int width, int towerWidth, WeightReader r) {
    r.withPrefix("linear.weight", TowerRules.PROJECTOR);
    return new VisionWeights.Projector(null, r.linear("linear", width, towerWidth, true), null);
  }
}
