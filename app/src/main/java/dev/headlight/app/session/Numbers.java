package dev.headlight.app.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.engine.RunSnapshot;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The numbers that a window shows of a state, as one JSON document. */
public final class Numbers {
  /** Name of the document among the results. */
  public static final String NAME = "numbers";

  private Numbers() {}

  /**
   * The document; what is not known is left out.
   *
   * @param run the pass on the state's prompt
   * @param next what comes next after the selected position
   * @param without what the model says without the selected head
   * @param compared how the second pass of a comparison differs
   */
  public static JsonObject of(
      RunSnapshot run,
      Optional<NextTokens> next,
      Optional<HeadEffect> without,
      Optional<RunEffect> compared) {
    JsonObject json = new JsonObject();
    JsonArray tokens = new JsonArray();
    Arrays.stream(run.tokens().ids()).forEach(tokens::add);
    json.add("tokens", tokens);
    json.add("heads", heads(run));
    next.ifPresent(n -> json.add("next", next(n)));
    without.ifPresent(e -> json.add("without", without(e)));
    compared.ifPresent(e -> json.add("comparison", compared(e)));
    return json;
  }

  private static JsonArray heads(RunSnapshot run) {
    HeadStatistics s = run.statistics();
    JsonArray heads = new JsonArray();
    for (int layer = 0; layer < run.model().spec().layers(); layer++) {
      for (int head = 0; head < run.model().spec().heads(); head++) {
        JsonObject json = new JsonObject();
        json.addProperty("layer", layer);
        json.addProperty("head", head);
        json.addProperty("kvGroup", run.model().spec().kvGroup(head));
        json.add("entropy", number(HeadStatistics.at(s.entropy(), layer, head)));
        json.add("distance", number(HeadStatistics.at(s.distance(), layer, head)));
        json.add("first", number(HeadStatistics.at(s.firstShare(), layer, head)));
        json.add("previous", number(HeadStatistics.at(s.previousShare(), layer, head)));
        heads.add(json);
      }
    }
    return heads;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static JsonObject next(NextTokens next) {
    JsonArray candidates = new JsonArray();
    for (NextTokens.Candidate candidate : next.candidates()) {
      JsonObject json = new JsonObject();
      json.addProperty("id", candidate.id());
      json.addProperty("label", candidate.label());
      json.add("probability", number(candidate.probability()));
      candidates.add(json);
    }
    JsonObject json = new JsonObject();
    json.addProperty("position", next.position());
    json.add("candidates", candidates);
    return json;
  }

  private static JsonObject without(HeadEffect effect) {
    JsonObject json = new JsonObject();
    json.addProperty("head", effect.head().toString());
    json.addProperty("mode", effect.mode().name());
    json.addProperty("token", effect.label());
    json.add("before", number(effect.before()));
    json.add("after", number(effect.after()));
    json.add("kl", number(effect.divergence()));
    json.addProperty("newTop", effect.newTop());
    return json;
  }

  private static JsonObject compared(RunEffect effect) {
    JsonObject json = new JsonObject();
    json.addProperty("token", effect.label());
    json.add("before", number(effect.before()));
    json.add("after", number(effect.after()));
    json.add("kl", number(effect.divergence()));
    json.addProperty("newTop", effect.newTop());
    json.addProperty("unchanged", effect.unchanged());
    return json;
  }

  /**
   * The largest difference between numbers that both documents have; infinite where one has another
   * text, list or thing in the same place.
   */
  public static double difference(JsonElement a, JsonElement b) {
    if (a.isJsonObject() && b.isJsonObject()) {
      double most = 0;
      for (Map.Entry<String, JsonElement> entry : a.getAsJsonObject().entrySet()) {
        JsonElement other = b.getAsJsonObject().get(entry.getKey());
        most = other == null ? most : Math.max(most, difference(entry.getValue(), other));
      }
      return most;
    }
    if (a.isJsonArray()
        && b.isJsonArray()
        && a.getAsJsonArray().size() == b.getAsJsonArray().size()) {
      double most = 0;
      for (int i = 0; i < a.getAsJsonArray().size(); i++) {
        most = Math.max(most, difference(a.getAsJsonArray().get(i), b.getAsJsonArray().get(i)));
      }
      return most;
    }
    if (number(a) && number(b)) {
      return Math.abs(a.getAsDouble() - b.getAsDouble());
    }
    return a.equals(b) ? 0 : Double.POSITIVE_INFINITY;
  }

  private static boolean number(JsonElement json) {
    return json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber();
  }
}
