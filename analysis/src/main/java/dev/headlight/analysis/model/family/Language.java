package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.List;
import java.util.Map;

/**
 * The language model inside a model that sees: its own family reads it, from names with a longer
 * beginning.
 *
 * @param family of the language model
 * @param config its part of config.json
 */
record Language(Family family, Config config) {
  /** Where files of different years keep body and head. */
  private static final List<Map<String, String>> PLACES =
      List.of(
          Map.of("model.", "language_model.model.", "lm_head.", "language_model.lm_head."),
          Map.of("model.", "model.language_model."),
          Map.of("model.", "model.text_model."),
          Map.of());

  /** The one that {@code text_config} describes. */
  static Language of(Config whole) {
    Config text = whole.requireObject("text_config");
    return new Language(Families.of(text), text);
  }

  ModelSpec spec() {
    return family.spec(config);
  }

  ModelWeights weights(WeightReader reader) {
    Map<String, String> place =
        PLACES.stream()
            .filter(p -> reader.renaming(p).has("model.embed_tokens.weight"))
            .findFirst()
            .orElse(PLACES.get(0));
    ModelWeights weights = family.weights(spec(), config, reader.renaming(place));
    reader.renaming(Map.of());
    return weights;
  }
}
