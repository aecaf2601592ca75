package dev.headlight.app.session;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.app.engine.SinkMeasured;
import dev.headlight.app.retrieval.Definition;
import dev.headlight.app.retrieval.EpisodeJson;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.ProbeChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What took passes of its own, as JSON documents among the results of a session. */
public final class Measurements {
  /** Scores of all heads, by what measured them. */
  public static final String SCORES = "head_scores";

  /** Rates of sinks. */
  public static final String SINKS = "sinks";

  /** Needles and retrieval scores. */
  public static final String RETRIEVAL = "retrieval";

  /** What a model lost without heads. */
  public static final String ABLATION = "ablation";

  /** Patching maps and circuits. */
  public static final String CIRCUITS = "circuits";

  /** What was found about pictures. */
  public static final String VISUAL = "visual";

  /** All of them. */
  public static final List<String> NAMES =
      List.of(SCORES, SINKS, RETRIEVAL, ABLATION, CIRCUITS, VISUAL);

  /** Those that open panes have; see {@code PaneFindings}. */
  public static final List<String> OF_PANES = List.of(SINKS, RETRIEVAL, ABLATION, CIRCUITS, VISUAL);

  private static final Logger LOG = LoggerFactory.getLogger(Measurements.class);

  private Measurements() {}

  /** Scores of heads, an entry a job. */
  public static JsonArray scores(Collection<ScoreJob.Result> results) {
    JsonArray all = new JsonArray();
    for (ScoreJob.Result result : results) {
      JsonObject json = new JsonObject();
      JsonObject tables = new JsonObject();
      result.tables().keySet().stream()
          .sorted()
          .forEach(id -> tables.add(id, table(result.tables().get(id))));
      json.add("tables", tables);
      json.addProperty("conditions", result.conditions());
      json.add("arguments", words(result.arguments()));
      JsonObject kinds = new JsonObject();
      result.kinds().forEach(kinds::addProperty);
      json.add("kinds", kinds);
      all.add(json);
    }
    return all;
  }

  /**
   * Reads what {@link #scores} wrote; entries that say something else are left out.
   *
   * @param layers of the model
   * @param heads a layer of the model
   */
  public static List<ScoreJob.Result> scores(JsonElement document, int layers, int heads) {
    List<ScoreJob.Result> results = new ArrayList<>();
    if (document != null && document.isJsonArray()) {
      for (JsonElement entry : document.getAsJsonArray()) {
        try {
          results.add(result(entry.getAsJsonObject(), layers, heads));
        } catch (IllegalStateException
            | IllegalArgumentException
            | UnsupportedOperationException e) {
          LOG.debug("A session holds scores that are none; they can be measured again", e);
        }
      }
    }
    return results;
  }

  private static ScoreJob.Result result(JsonObject json, int layers, int heads) {
    Map<String, HeadTable> tables = new LinkedHashMap<>();
    JsonObject all = part(json, "tables").getAsJsonObject();
    all.entrySet().forEach(e -> tables.put(e.getKey(), table(e.getValue(), layers, heads)));
    List<String> arguments = new ArrayList<>();
    part(json, "arguments").getAsJsonArray().forEach(a -> arguments.add(a.getAsString()));
    Map<String, String> kinds = new LinkedHashMap<>();
    part(json, "kinds")
        .getAsJsonObject()
        .entrySet()
        .forEach(e -> kinds.put(e.getKey(), e.getValue().getAsString()));
    return new ScoreJob.Result(tables, part(json, "conditions").getAsString(), arguments, kinds);
  }

  private static JsonElement part(JsonObject json, String name) {
    if (!json.has(name)) {
      throw new IllegalArgumentException("no " + name);
    }
    return json.get(name);
  }

  private static JsonObject table(HeadTable table) {
    JsonObject json = new JsonObject();
    json.addProperty("runs", table.runs());
    json.add("values", numbers(table.values()));
    json.add("deviations", numbers(table.deviations()));
    return json;
  }

  private static HeadTable table(JsonElement element, int layers, int heads) {
    JsonObject json = element.getAsJsonObject();
    return new HeadTable(
        layers,
        heads,
        numbers(part(json, "values")),
        numbers(part(json, "deviations")),
        part(json, "runs").getAsInt());
  }

  private static double[] numbers(JsonElement array) {
    JsonArray json = array.getAsJsonArray();
    return IntStream.range(0, json.size())
        .mapToDouble(i -> json.get(i).isJsonNull() ? Double.NaN : json.get(i).getAsDouble())
        .toArray();
  }

  /** Rates of sinks at the settings that are shown. */
  public static JsonObject sinks(SinkMeasured measured, SinkRates rates) {
    JsonObject json = new JsonObject();
    json.addProperty("texts", measured.texts().toString());
    JsonArray prompt = new JsonArray();
    Arrays.stream(measured.prompt().ids()).forEach(prompt::add);
    json.add("prompt", prompt);
    json.addProperty("epsilon", rates.epsilon());
    json.addProperty("length", rates.length());
    json.addProperty("key", rates.key());
    json.add("rate", number(rates.model()));
    json.add("uniform", number(rates.uniform()));
    json.add("means", numbers(wide(rates.means().data())));
    json.add("rates", numbers(wide(rates.byHead().data())));
    return json;
  }

  /** Whether rates of sinks are those of a prompt, or of texts beside it. */
  public static boolean sinksOf(JsonElement document, int[] prompt) {
    return document.isJsonObject()
        && document.getAsJsonObject().get("prompt") instanceof JsonArray ids
        && ids.size() == prompt.length
        && IntStream.range(0, prompt.length).allMatch(i -> ids.get(i).getAsInt() == prompt[i]);
  }

  private static double[] wide(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** A probe that is done. */
  public static JsonObject retrieval(ProbeChoice choice, Findings findings) {
    JsonObject json = new JsonObject();
    json.add("probe", choice.json());
    json.addProperty("found", findings.result().successes().size());
    json.addProperty("answered", findings.answered());
    JsonArray map = new JsonArray();
    Arrays.stream(findings.percent()).forEach(row -> map.add(numbers(row)));
    json.add("percent", map);
    for (Definition each : List.of(Definition.CODE, Definition.PAPER, Definition.ACTIVATION)) {
      json.add(each.name().toLowerCase(Locale.ROOT), table(findings.table(each)));
    }
    json.add("episodes", EpisodeJson.write(findings.result().results()));
    return json;
  }

  private static JsonArray words(List<String> words) {
    JsonArray array = new JsonArray();
    words.forEach(array::add);
    return array;
  }

  private static JsonArray numbers(double[] values) {
    JsonArray array = new JsonArray();
    Arrays.stream(values).mapToObj(Measurements::number).forEach(array::add);
    return array;
  }

  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }
}
