package dev.headlight.app.report;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.model.family.Families;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a model is, by the names that {@code headlight info --json} uses. */
public final class ModelCard {
  private static final Map<String, String> LABELS =
      Map.of(
          "kvHeads", "key/value heads",
          "headDim", "head width",
          "maxPositions", "longest prompt",
          "storedType", "stored as",
          "storedBytes", "weight files, bytes",
          "tiedEmbeddings", "tied embeddings",
          "vocabularyHead", "vocabulary head",
          "hasTokenizer", "tokenizer",
          "residency", "weights stay");
  private static final long GROUPED_FROM = 10_000;

  private ModelCard() {}

  /** The facts of a checkpoint, in the order to show them; weights are hashed, not decoded. */
  public static Map<String, Object> facts(Checkpoint checkpoint) {
    ModelSpec spec = Families.of(checkpoint.config()).spec(checkpoint.config());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", checkpoint.name());
    facts.put("family", spec.family());
    facts.put("architecture", spec.architecture());
    facts.put("layers", spec.layers());
    facts.put("heads", spec.heads());
    facts.put("kvHeads", spec.kvHeads());
    facts.put("headDim", spec.headDim());
    facts.put("width", spec.width());
    facts.put("vocab", spec.vocab());
    facts.put("maxPositions", spec.maxPositions());
    facts.put("parameters", checkpoint.parameters());
    facts.put("storedType", checkpoint.storedType().name());
    facts.put("storedBytes", checkpoint.storedBytes());
    facts.put("vocabularyHead", head(spec));
    facts.put("tiedEmbeddings", spec.tiedEmbeddings());
    facts.put("hasTokenizer", checkpoint.file("tokenizer.json").isPresent());
    facts.put("sha256", checkpoint.sha256());
    spec.vision().map(VisionSpec::tower).ifPresent(tower -> facts.put("vision", tower(tower)));
    if (spec.patches().isPresent()) {
      facts.put("vision", tower(spec));
    }
    return facts;
  }

  /** What the tower of pictures is. */
  private static Map<String, Object> tower(ModelSpec tower) {
    PatchSpec patches = tower.patches().orElseThrow();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("layers", tower.layers());
    facts.put("heads", tower.heads());
    facts.put("headDim", tower.headDim());
    facts.put("width", tower.width());
    facts.put("patch", patches.size());
    if (tower.learnedPositions() >= 0) {
      facts.put("grid", List.of(patches.trained().rows(), patches.trained().columns()));
    }
    facts.put("before", patches.before());
    return facts;
  }

  /** What the model says about tokens. */
  public static String head(ModelSpec spec) {
    if (spec.pooled()) {
      return spec.hasLogits() ? "classes" : "embedding";
    }
    if (!spec.hasLogits()) {
      return "no next-token head";
    }
    return spec.causal() ? "next token" : "masked word";
  }

  /** A fact's name for people. */
  public static String label(String name) {
    return LABELS.getOrDefault(name, name);
  }

  /** A fact's value for people. */
  public static String text(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? "yes" : "no";
    }
    if (value instanceof Map<?, ?> facts) {
      return facts.entrySet().stream()
          .map(fact -> label(String.valueOf(fact.getKey())) + " " + text(fact.getValue()))
          .collect(Collectors.joining(", "));
    }
    boolean large = value instanceof Number n && n.longValue() >= GROUPED_FROM;
    return large
        ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
        : String.valueOf(value);
  }
}
