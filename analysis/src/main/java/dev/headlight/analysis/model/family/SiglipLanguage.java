package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionSpec.Sees;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;

/** What PaliGemma and Gemma 3 share: a SigLIP tower, whose last states a Gemma reads. */
abstract class SiglipLanguage implements Family {
  private final Sees sees;
  private final String usual;

  /**
   * @param sees what the tokens of a prompt with pictures see
   * @param usual architecture where the file names none
   */
  SiglipLanguage(Sees sees, String usual) {
    this.sees = sees;
    this.usual = usual;
  }

  /** From the tower's states to rows of the prompt. */
  abstract Projector projector(Config c, ModelSpec tower);

  /** Its parameters. */
  abstract VisionWeights.Projector projector(int width, int towerWidth, WeightReader r);

  @Override
  public ModelSpec spec(Config c) {
    ModelSpec tower = TowerRules.siglip(c.requireObject("vision_config"), TowerRules.BODY);
    VisionSpec sight =
        new VisionSpec(
                tower,
                List.of(tower.layers()),
                0,
                projector(c, tower),
                PromptExpansion.imageToken(c))
            .seeing(sees);
    String architecture = c.architecture().orElse(usual);
    return Language.of(c).spec().seeing(c.modelType(), architecture, sight);
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    VisionSpec sight = s.vision().orElseThrow();
    ModelWeights language = Language.of(c).weights(r);
    ModelWeights tower = TowerRules.siglip(sight.tower(), r, TowerRules.INSIDE);
    return language.seeing(
        new VisionWeights(tower, projector(s.width(), sight.tower().width(), r)));
  }
}
