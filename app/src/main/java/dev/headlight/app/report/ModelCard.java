package dev.headlight.app.report;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.family.Families;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
    facts.put("tiedEmbeddings", spec.tiedEmbeddings());
    facts.put("hasTokenizer", checkpoint.file("tokenizer.json").isPresent());
    facts.put("sha256", checkpoint.sha256());
    return facts;
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
    boolean large = value instanceof Number n && n.longValue() >= GROUPED_FROM;
    return large
        ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
        : String.valueOf(value);
  }
}
