package dev.headlight.app.retrieval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.retrieval.DecodedStep;
import dev.headlight.analysis.retrieval.EpisodeResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers of a probe as JSON, so that a session shows them without asking the model again. */
public final class EpisodeJson {
  private EpisodeJson() {}

  /** Every answer; rows of attention are left out. */
  public static JsonArray write(List<EpisodeResult> results) {
    JsonArray all = new JsonArray();
    for (EpisodeResult result : results) {
      JsonObject json = new JsonObject();
      json.add("generated", numbers(result.generated()));
      json.addProperty("text", result.text());
      json.addProperty("recall", result.recall());
      JsonArray steps = new JsonArray();
      result.steps().forEach(step -> steps.add(step(step)));
      json.add("steps", steps);
      all.add(json);
    }
    return all;
  }

  private static JsonObject step(DecodedStep step) {
    JsonObject json = new JsonObject();
    json.addProperty("position", step.position());
    json.addProperty("token", step.token());
    json.add("topKeys", numbers(step.topKeys()));
    json.add("onNeedle", numbers(step.onNeedle()));
    json.add("kept", numbers(step.kept()));
    return json;
  }

  private static JsonArray numbers(int[] values) {
    JsonArray array = new JsonArray();
    Arrays.stream(values).forEach(array::add);
    return array;
  }

  private static JsonArray numbers(float[] values) {
    JsonArray array = new JsonArray();
    for (float value : values) {
      array.add(value);
    }
    return array;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param count answers that there must be
   * @param heads of the model
   * @return empty where it is something else
   */
  public static Optional<List<EpisodeResult>> read(JsonElement json, int count, int heads) {
    try {
      List<EpisodeResult> results = new ArrayList<>();
      for (JsonElement element : json.getAsJsonArray()) {
        JsonObject one = element.getAsJsonObject();
        List<DecodedStep> steps = new ArrayList<>();
        one.getAsJsonArray("steps").forEach(s -> steps.add(step(s.getAsJsonObject(), heads)));
        results.add(
            new EpisodeResult(
                integers(one.getAsJsonArray("generated")),
                one.get("text").getAsString(),
                one.get("recall").getAsDouble(),
                steps));
      }
      return results.size() == count ? Optional.of(results) : Optional.empty();
    } catch (IllegalStateException
        | IllegalArgumentException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static DecodedStep step(JsonObject json, int heads) {
    int[] top = integers(json.getAsJsonArray("topKeys"));
    float[] onNeedle = floats(json.getAsJsonArray("onNeedle"));
    float[] kept = floats(json.getAsJsonArray("kept"));
    if (top.length != heads || onNeedle.length != heads || kept.length != heads) {
      throw new IllegalArgumentException("a step of another model");
    }
    return new DecodedStep(
        json.get("position").getAsInt(),
        json.get("token").getAsInt(),
        top,
        onNeedle,
        kept,
        Map.of());
  }

  private static int[] integers(JsonArray array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).getAsInt()).toArray();
  }

  private static float[] floats(JsonArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
  }
}
