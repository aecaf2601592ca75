package dev.headlight.analysis.text.jinja;

import java.util.HashMap;
import java.util.Map;

/** The names that are known at a place of a template, and what the rendering has used so far. */
final class Scope {
  private final Scope outer;
  private final Rendering rendering;
  private final Map<String, Object> names = new HashMap<>();

  Scope(Rendering rendering, Map<String, Object> names) {
    this.outer = null;
    this.rendering = rendering;
    this.names.putAll(names);
  }

  private Scope(Scope outer) {
    this.outer = outer;
    this.rendering = outer.rendering;
  }

  /** A scope whose own names end with it. */
  Scope inner() {
    return new Scope(this);
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.names.containsKey(name)) {
        return scope.names.get(name);
      }
    }
    return Undefined.name(name);
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  Rendering rendering() {
    return rendering;
  }
}
