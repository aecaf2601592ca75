package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelSpec.Output;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.VisionSpec.Projector;
import dev.headlight.analysis.model.VisionWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Set;

/**
 * LLaVA 1.5 (Liu et al. 2023): states of a CLIP tower before its last block, without the class
 * token, through two projections into a language model. Later ones have a SigLIP tower.
 */
final class LlavaFamily implements Family {
  private static final String STRATEGY = "vision_feature_select_strategy";
  private static final String SIGLIP = "siglip_vision_model";

  @Override
  public Set<String> modelTypes() {
    return Set.of("llava");
  }

  @Override
  public ModelSpec spec(Config c) {
    Config vision = c.requireObject("vision_config");
    ConfigRules.mustBe(vision, "model_type", "clip_vision_model", SIGLIP);
    ConfigRules.mustBe(c, STRATEGY, "default", "full");
    boolean whole = c.string(STRATEGY, "default").equals("full");
    boolean siglip = vision.string("model_type", "").equals(SIGLIP);
    if (siglip && !whole) {
      // There is no class token that could be left out.
      throw c.unsupported(STRATEGY, "default", List.of("full"));
    }
    ModelSpec tower =
        siglip ? TowerRules.siglip(vision, Output.NONE) : TowerRules.clip(vision, Output.NONE);
    VisionSpec sight =
        new VisionSpec(
            tower,
            states(c, tower.layers()),
            whole ? 0 : 1,
            Projector.twoLayers(ConfigRules.activation(c, "projector_hidden_act", "gelu")),
            PromptExpansion.imageToken(c));
    return Language.of(c).spec().seeing(c.modelType(), architecture(c), sight);
  }

  private static String architecture(Config c) {
    return c.architecture().orElse("LlavaForConditionalGeneration");
  }

  /** {@code vision_feature_layer} counts hidden states, the embedding first, or from the end. */
  private static List<Integer> states(Config c, int layers) {
    List<Integer> asked = c.intList("vision_feature_layer");
    return (asked.isEmpty() ? List.of(-2) : asked)
        .stream().map(state -> state < 0 ? layers + 1 + state : state).toList();
  }

  @Override
  public ModelWeights weights(ModelSpec s, Config c, WeightReader r) {
    VisionSpec sight = s.vision().orElseThrow();
    ModelWeights language = Language.of(c).weights(r);
    boolean classes = sight.tower().patches().orElseThrow().classes() > 0;
    ModelWeights tower =
        classes
            ? TowerRules.clip(sight.tower(), r, TowerRules.INSIDE)
            : TowerRules.siglip(sight.tower(), r, TowerRules.INSIDE);
    r.withPrefix("linear_1.weight", TowerRules.PROJECTOR);
    boolean bias = c.bool("multimodal_projector_bias", true);
    int in = sight.tower().width() * sight.states().size();
    VisionWeights.Projector projector =
        new VisionWeights.Projector(
            null,
            r.linear("linear_1", s.width(), in, bias),
            r.linear("linear_2", s.width(), s.width(), bias));
    return language.seeing(new VisionWeights(tower, projector));
  }
}
