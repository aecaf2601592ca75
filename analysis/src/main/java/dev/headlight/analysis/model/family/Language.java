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

  private static final Map<String, Object> LLAMA =
      Map.of(
          "hidden_size", 4096,
          "intermediate_size", 11008,
          "num_hidden_layers", 32,
          "num_attention_heads", 32,
          "vocab_size", 32000,
          "max_position_embeddings", 2048);

  private static final Map<String, Object> GEMMA3 =
      Map.of(
          "num_attention_heads", 8,
          "num_key_value_heads", 4,
          "head_dim", 256,
          "vocab_size", 262208,
          "max_position_embeddings", 131072,
          "rope_theta", 1000000);

  /** What is meant where {@code text_config} leaves a field out, which older files often do. */
  private static final Map<String, Map<String, Object>> SILENT =
      Map.of(
          "llama",
          LLAMA,
          "gemma",
          Map.of("max_position_embeddings", 8192),
          "gemma2",
          Map.of("max_position_embeddings", 8192),
          "gemma3_text",
          GEMMA3);

  /** The one that {@code text_config} describes. */
  static Language of(Config whole) {
    Config text = whole.requireObject("text_config");
    Family family = Families.of(text);
    Config full = text.withDefaults(SILENT.getOrDefault(text.modelType(), Map.of()));
    boolean tied = whole.bool("tie_word_embeddings", false);
    return new Language(
        family, tied ? full.withDefaults(Map.of("tie_word_embeddings", true)) : full);
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
