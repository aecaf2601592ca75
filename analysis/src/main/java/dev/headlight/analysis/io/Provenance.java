package dev.headlight.analysis.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where a file came from: enough to make it again. Immutable.
 *
 * @param model the checkpoint's name
 * @param sha256 of its weights, hexadecimal
 * @param sequences token ids, one prompt each
 * @param interventions their text forms, in the order in which they were applied
 * @param device what computed
 * @param version of Headlight
 * @param settings what else was asked for, by name, such as {@code heads}
 */
public record Provenance(
    String model,
    String sha256,
    List<List<Integer>> sequences,
    List<String> interventions,
    String device,
    String version,
    Map<String, String> settings) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

  /** Copies what is mutable. */
  public Provenance {
    sequences = sequences.stream().map(List::copyOf).toList();
    interventions = List.copyOf(interventions);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Of a computation of this version of Headlight, without interventions and settings. */
  public static Provenance of(String model, String sha256, List<int[]> sequences, String device) {
    return new Provenance(
        model,
        sha256,
        sequences.stream().map(s -> IntStream.of(s).boxed().toList()).toList(),
        List.of(),
        device,
        Version.text(),
        Map.of());
  }

  /** With these interventions, in text form. */
  public Provenance withInterventions(List<String> texts) {
    return new Provenance(model, sha256, sequences, texts, device, version, settings);
  }

  /** With one setting more (or another value for it). */
  public Provenance with(String setting, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(setting, value);
    return new Provenance(model, sha256, sequences, interventions, device, version, more);
  }

  /** With the tokens of one sequence only. */
  public Provenance ofSequence(int index) {
    return new Provenance(
        model, sha256, List.of(sequences.get(index)), interventions, device, version, settings);
  }

  /**
   * As texts by name, as {@code __metadata__} of a safetensors file wants them; {@code tokens} and
   * {@code interventions} are JSON lists.
   */
  public Map<String, String> toMetadata() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("format", "pt");
    toMap().forEach((k, v) -> map.put(k, v instanceof String text ? text : COMPACT.toJson(v)));
    return map;
  }

  /** As a JSON document for people and machines. */
  public String toJson() {
    return GSON.toJson(toMap());
  }

  /** As a JSON document on one line. */
  public String toCompactJson() {
    return COMPACT.toJson(toMap());
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", model);
    map.put("sha256", sha256);
    map.put("tokens", new ArrayList<>(sequences));
    map.put("interventions", interventions);
    map.put("device", device);
    map.put("version", "Headlight " + version);
    map.putAll(settings);
    return map;
  }
}
