package dev.headlight.analysis.text.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Things that templates call by name.
 *
 * @param kind of the things, for errors
 */
record Named<T>(String kind, Map<String, T> all) {
  /** Collects them. */
  static <T> Named<T> of(String kind, Consumer<Map<String, T>> into) {
    Map<String, T> all = new HashMap<>();
    into.accept(all);
    return new Named<>(kind, Map.copyOf(all));
  }

  T find(String name) {
    T found = all.get(name);
    if (found == null) {
      throw new JinjaException("no %s named '%s' is known here".formatted(kind, name));
    }
    return found;
  }
}
