package dev.headlight.analysis.text.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: names that keep what a loop writes into them. */
final class Namespace {
  private final Map<String, Object> names;

  Namespace(Map<String, Object> names) {
    this.names = new LinkedHashMap<>(names);
  }

  Object get(String name) {
    return names.containsKey(name) ? names.get(name) : Undefined.member(this, name);
  }

  void set(String name, Object value) {
    names.put(name, value);
  }
}
