package dev.headlight.analysis.text.jinja;

import java.util.List;
import java.util.Map;

/** What can be called: a function, a method bound to its value, a macro. */
@FunctionalInterface
interface Callable {
  Object call(Arguments arguments);

  /**
   * What a call is given.
   *
   * @param values by position
   * @param named by name
   */
  record Arguments(List<Object> values, Map<String, Object> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    int count() {
      return values.size() + named.size();
    }

    /** The argument at a position or of a name; the fallback where there is none. */
    Object get(int index, String name, Object fallback) {
      if (index < values.size()) {
        return values.get(index);
      }
      return named.getOrDefault(name, fallback);
    }

    /** The argument at a position or of a name, which must be there. */
    Object require(int index, String name) {
      if (index >= values.size() && !named.containsKey(name)) {
        throw new JinjaException("the argument '" + name + "' is missing");
      }
      return get(index, name, null);
    }

    /** A text that must be there. */
    String text(int index, String name) {
      return Values.requireText(require(index, name), name);
    }

    /** A whole number. */
    long whole(int index, String name, long fallback) {
      Object value = get(index, name, fallback);
      return Values.requireWhole(value, name);
    }
  }
}
