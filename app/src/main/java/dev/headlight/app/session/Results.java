package dev.headlight.app.session;

import com.google.gson.JsonElement;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was computed and is worth keeping, by name.
 *
 * @param documents JSON documents
 * @param arrays numbers
 */
public record Results(
    SortedMap<String, JsonElement> documents, SortedMap<String, SessionArray> arrays) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  /** Copies the maps and checks the names. */
  public Results {
    documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
    arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
    documents.keySet().forEach(Results::check);
    arrays.keySet().forEach(Results::check);
  }

  private static void check(String name) {
    if (!named(name)) {
      throw new IllegalArgumentException(
          "a result is named by letters, digits, '.', '_' and '-', at most 100: " + name);
    }
  }

  /** Whether a result may have this name. */
  static boolean named(String name) {
    return name.matches(NAME);
  }

  /** Nothing kept. */
  public static Results none() {
    return new Results(new TreeMap<>(), new TreeMap<>());
  }

  /** With a document; one of the same name is replaced. */
  public Results with(String name, JsonElement document) {
    SortedMap<String, JsonElement> more = new TreeMap<>(documents);
    more.put(name, document);
    return new Results(more, arrays);
  }

  /** With an array; one of the same name is replaced. */
  public Results with(String name, SessionArray array) {
    SortedMap<String, SessionArray> more = new TreeMap<>(arrays);
    more.put(name, array);
    return new Results(documents, more);
  }

  /** Without some documents. */
  public Results without(Collection<String> names) {
    SortedMap<String, JsonElement> less = new TreeMap<>(documents);
    less.keySet().removeAll(names);
    return new Results(less, arrays);
  }

  /** With other arrays. */
  Results withArrays(Map<String, SessionArray> other) {
    return new Results(documents, new TreeMap<>(other));
  }
}
