package dev.headlight.analysis.text;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which ids begin and end a sequence, and which are special.
 *
 * <p>The tokenizer's own files speak first for the beginning ({@code "bos_token": null} means there
 * is none, whatever config.json says); generation_config.json speaks first for the end, as it does
 * when the reference implementation generates.
 */
final class SpecialIds {
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private final Vocabulary vocabulary;
  private final List<Config> tokenizerFiles = new ArrayList<>();
  private final OptionalInt bos;
  private final List<Integer> eos;
  private final Set<Integer> named = new LinkedHashSet<>();

  SpecialIds(Checkpoint checkpoint, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    for (String name : List.of("tokenizer_config.json", "special_tokens_map.json")) {
      checkpoint.file(name).map(Config::read).ifPresent(tokenizerFiles::add);
    }
    Optional<Config> generation = checkpoint.file("generation_config.json").map(Config::read);
    this.bos = findBos(checkpoint.config());
    this.eos = findEos(generation, checkpoint.config());
    for (String role : ROLES) {
      token(role).ifPresent(named::add);
    }
  }

  OptionalInt bos() {
    return bos;
  }

  List<Integer> eos() {
    return eos;
  }

  boolean isSpecial(int id) {
    return vocabulary.isSpecial(id) || named.contains(id);
  }

  private OptionalInt findBos(Config config) {
    for (Config file : tokenizerFiles) {
      if (file.has("bos_token")) {
        return token("bos_token");
      }
    }
    return config.optionalInt("bos_token_id");
  }

  private List<Integer> findEos(Optional<Config> generation, Config config) {
    List<Integer> fromGeneration =
        generation.map(file -> file.intList("eos_token_id")).orElse(List.of());
    if (!fromGeneration.isEmpty()) {
      return fromGeneration;
    }
    List<Integer> fromConfig = config.intList("eos_token_id");
    if (!fromConfig.isEmpty()) {
      return fromConfig;
    }
    OptionalInt fromTokenizer = token("eos_token");
    return fromTokenizer.isPresent() ? List.of(fromTokenizer.getAsInt()) : List.of();
  }

  /** The roles' tokens as the tokenizer's files spell them, such as {@code bos_token}. */
  Map<String, String> spellings() {
    Map<String, String> spellings = new LinkedHashMap<>();
    for (String role : ROLES) {
      spelling(role).ifPresent(content -> spellings.put(role, content));
    }
    return spellings;
  }

  private OptionalInt token(String role) {
    return spelling(role).map(vocabulary::idOf).orElse(OptionalInt.empty());
  }

  /** Of the first file that names the role; a role is a text or an object with {@code content}. */
  private Optional<String> spelling(String role) {
    for (Config file : tokenizerFiles) {
      if (file.has(role)) {
        return file.isObject(role)
            ? file.requireObject(role).optionalString("content")
            : file.optionalString(role);
      }
    }
    return Optional.empty();
  }
}
