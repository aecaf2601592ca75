package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionSpec.Merge;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Idefics 3 (Laurençon et al. 2024) and SmolVLM (Marafioti et al. 2025): tiles through a SigLIP
 * tower, blocks of patches side by side, one projection into a language model.
 */
final class Idefics3Family implements Family {
  @Override
  public Set<String> modelTypes() {
    return Set.of("idefics3", "smolvlm");
  }

  @Override
  public ModelSpec spec(Config c) {
    ModelSpec tower = TowerRules.siglip(c.requireObject("vision_config"), TowerRules.BODY);
    Projector projector =
        new Projector(
            Merge.BLOCKS, c.intValue("scale_factor", 2), Optional.empty(), Optional.empty());
    VisionSpec sight =
        new VisionSpec(
            tower, List.of(tower.layers()), 0, projector, c.requireInt("image_token_id"));
    String architecture = c.architecture().orElse("Idefics3ForConditionalGeneration");
    return Language.of(c).spec().seeing(c.modelType(), architecture, sight);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    VisionSpec sight = s.vision().orElseThrow();
    ModelWeights language = Language.of(c).weights(r);
    ModelWeights tower = TowerRules.siglip(sight.tower(), r, "model.vision_model.");
    int factor = sight.projector().orElseThrow().factor();
    r.withPrefix("modality_projection.proj.weight", "model.connector.");
    int in = sight.tower().width() * factor * factor;
    return language.seeing(
        new VisionWeights(
            tower,
            new VisionWeights.Projector(
                null, r.linear("modality_projection.proj", s.width(), in, false), null)));
  }
}
