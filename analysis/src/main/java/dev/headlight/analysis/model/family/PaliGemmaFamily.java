package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
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
 * PaliGemma (Beyer et al. 2024): a SigLIP tower, one projection, and a prompt whose tokens all see
 * each other. That its rows are divided by the embedding's factor and multiplied by it again is
 * left out.
 */
final class PaliGemmaFamily implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("paligemma");
  }

  @Override
  public ModelSpec spec(Config c) {
    ModelSpec tower = TowerRules.siglip(c.requireObject("vision_config"), TowerRules.BODY);
    Projector projector = new Projector(Merge.NONE, 1, Optional.empty(), Optional.empty());
    int token = c.intValue("image_token_index", c.intValue("image_token_id", 257152));
    VisionSpec sight =
        new VisionSpec(tower, List.of(tower.layers()), 0, projector, token)
            .seeing(Sees.WHOLE_PROMPT);
    String architecture = c.architecture().orElse("PaliGemmaForConditionalGeneration");
    return Language.of(c).spec().seeing(c.modelType(), architecture, sight);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    VisionSpec sight = s.vision().orElseThrow();
    ModelWeights language = Language.of(c).weights(r);
    ModelWeights tower = TowerRules.siglip(sight.tower(), r, TowerRules.INSIDE);
    r.withPrefix("linear.weight", TowerRules.PROJECTOR);
    return language.seeing(
        new VisionWeights(
            tower,
            new VisionWeights.Projector(
                null, r.linear("linear", s.width(), sight.tower().width(), true), null)));
  }
}
