package dev.headlight.app.ablation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.app.session.FiniteNumbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with their questions as a JSON document; what is not whole is left out. */
public final class FoundJson {
  private static final Logger LOG = LoggerFactory.getLogger(FoundJson.class);

  private static final FiniteNumbers NUMBERS = new FiniteNumbers();

  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(double.class, NUMBERS)
          .registerTypeAdapter(Double.class, NUMBERS)
          .serializeNulls()
          .create();

  private FoundJson() {}

  /** An entry an answer. */
  static JsonArray write(Map<Question, Object> found) {
    JsonArray entries = new JsonArray();
    found.entrySet().stream()
        .filter(e -> whole(e.getValue()))
        .sorted(Comparator.comparing(e -> e.getKey().toString()))
        .forEach(e -> entries.add(entry(e.getKey(), e.getValue())));
    return entries;
  }

  private static JsonObject entry(Question question, Object answer) {
    JsonObject entry = new JsonObject();
    entry.add("question", GSON.toJsonTree(question));
    entry.add("answer", GSON.toJsonTree(answer, question.part().type()));
    return entry;
  }

  private static boolean whole(Object answer) {
    return !(answer instanceof SweepMap sweep) || sweep.done();
  }

  /** Reads what {@link #write} wrote; entries that say something else are left out. */
  static Map<Question, Object> read(JsonElement document) {
    Map<Question, Object> found = new LinkedHashMap<>();
    if (document.isJsonArray()) {
      for (JsonElement element : document.getAsJsonArray()) {
        try {
          JsonObject entry = element.getAsJsonObject();
          Question question = GSON.fromJson(entry.get("question"), Question.class);
          found.put(question, GSON.fromJson(entry.get("answer"), question.part().type()));
        } catch (RuntimeException e) {
          // What records refuse comes out of Gson as it is, or as an exception of no kind of its
          // own.
          LOG.debug("A session holds an ablation that is none; it can be measured again", e);
        }
      }
    }
    return found;
  }

  /** The questions of a document, for those who ask them again. */
  public static Iterable<Question> questions(JsonElement document) {
    return read(document).keySet();
  }

  /** A document with other answers to the same questions. */
  public static JsonElement document(Map<Question, Object> answers) {
    return write(answers);
  }
}
