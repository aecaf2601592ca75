package dev.headlight.app.visual;

import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found out about a look, by what was asked, and what a session holds of one to come. */
final class VisualAnswers {
  private final Map<String, Object> answers = new LinkedHashMap<>();

  /** What a session holds of a look that may not have come yet; null for nothing. */
  private JsonElement awaited;

  /** Nothing is known any more; what is awaited stays. */
  void clear() {
    answers.clear();
  }

  void put(String question, Object answer) {
    answers.put(question, answer);
  }

  boolean has(String question) {
    return answers.containsKey(question);
  }

  Optional<Object> get(String question) {
    return Optional.ofNullable(answers.get(question));
  }

  <T> Optional<T> get(Class<T> type, String question) {
    return get(question).map(type::cast);
  }

  /** All answers of a type, in the order in which they came. */
  <T> List<T> all(Class<T> type) {
    return answers.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The answers as a document for sessions; empty where nothing but the look is known. */
  Optional<JsonElement> document(Looked looked) {
    return VisualJson.write(looked, answers);
  }

  /** Keeps a document until a look comes that it is about. */
  void await(JsonElement document) {
    awaited = document;
  }

  /**
   * Takes what is awaited where it is about a look.
   *
   * @return whether it was
   */
  boolean take(Looked looked) {
    if (awaited == null || !VisualJson.of(awaited, looked)) {
      return false;
    }
    answers.putAll(VisualJson.read(awaited, looked));
    awaited = null;
    return true;
  }
}
