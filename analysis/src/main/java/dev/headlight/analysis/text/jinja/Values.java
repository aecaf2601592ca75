package dev.headlight.analysis.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Python's view of values: null (None), Boolean, Long, Double, String, List, Map, and what a
 * template makes itself ({@link Undefined}, {@link Namespace}, {@link Callable}).
 */
final class Values {
  private Values() {}

  /** Turns numbers into the two kinds that are known here. */
  static Object normal(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return value instanceof Float f ? (Object) f.doubleValue() : value;
  }

  static boolean truth(Object value) {
    if (value == null || value instanceof Undefined) {
      return false;
    }
    if (value instanceof Boolean b) {
      return b;
    }
    if (value instanceof Number n) {
      return n.doubleValue() != 0;
    }
    if (value instanceof String s) {
      return !s.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    return !(value instanceof Map<?, ?> map) || !map.isEmpty();
  }

  /** Python's name of the value's type. */
  static String type(Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof List) {
      return "list";
    }
    return value instanceof Map ? "dict" : value.getClass().getSimpleName();
  }

  /** What {@code {{ value }}} writes. */
  static String text(Object value) {
    if (value instanceof Undefined) {
      return "";
    }
    return value instanceof String s ? s : repr(value);
  }

  /** Python's spelling of a value. */
  static String repr(Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean b) {
      return b ? "True" : "False";
    }
    if (value instanceof String s) {
      return quoted(s);
    }
    if (value instanceof Double d) {
      return PythonFloat.text(d);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Values::repr).toList().toString();
    }
    if (value instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      map.forEach((k, v) -> entries.add(repr(k) + ": " + repr(v)));
      return "{" + String.join(", ", entries) + "}";
    }
    return value instanceof Undefined ? "Undefined" : value.toString();
  }

  /** A text as Python spells it; other values by {@link #repr}. */
  static String quoted(Object value) {
    if (!(value instanceof String s)) {
      return repr(value);
    }
    char quote = s.contains("'") && !s.contains("\"") ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> out.append(c == quote ? "\\" + c : String.valueOf(c));
      }
    }
    return out.append(quote).toString();
  }

  static boolean equal(Object a, Object b) {
    if (number(a) && number(b)) {
      boolean real = a instanceof Double || b instanceof Double;
      return real ? asDouble(a) == asDouble(b) : asLong(a) == asLong(b);
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return x.size() == y.size()
          && java.util.stream.IntStream.range(0, x.size()).allMatch(i -> equal(x.get(i), y.get(i)));
    }
    if (a instanceof Undefined || b instanceof Undefined) {
      return a instanceof Undefined && b instanceof Undefined;
    }
    return Objects.equals(a, b);
  }

  static int compare(Object a, Object b) {
    refuseUndefined(a, b);
    if (number(a) && number(b)) {
      return a instanceof Double || b instanceof Double
          ? Double.compare(asDouble(a), asDouble(b))
          : Long.compare(asLong(a), asLong(b));
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw new JinjaException("%s and %s have no order".formatted(type(a), type(b)));
  }

  static boolean contains(Object container, Object item) {
    if (container instanceof String s) {
      return s.contains(requireText(item, "left of 'in'"));
    }
    if (container instanceof Map<?, ?> map) {
      return map.containsKey(item);
    }
    return iterate(container).stream().anyMatch(element -> equal(element, item));
  }

  /** The elements a loop walks over. */
  static List<?> iterate(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String s) {
      return s.codePoints().mapToObj(Character::toString).toList();
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    throw new JinjaException("'%s' object is not iterable".formatted(type(value)));
  }

  static long length(Object value) {
    return value instanceof String s ? s.codePointCount(0, s.length()) : iterate(value).size();
  }

  static void refuseUndefined(Object... values) {
    for (Object value : values) {
      if (value instanceof Undefined undefined) {
        throw undefined.failure();
      }
    }
  }

  static String requireText(Object value, String what) {
    refuseUndefined(value);
    if (value instanceof String s) {
      return s;
    }
    throw new JinjaException("%s: expected a text, found %s".formatted(what, type(value)));
  }

  static long requireWhole(Object value, String what) {
    refuseUndefined(value);
    if (value instanceof Long || value instanceof Boolean) {
      return asLong(value);
    }
    throw new JinjaException("%s: expected a whole number, found %s".formatted(what, type(value)));
  }

  /** Whether it counts as a number; in Python yes and no do. */
  static boolean number(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static double asDouble(Object value) {
    return value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).doubleValue();
  }

  static long asLong(Object value) {
    return value instanceof Boolean b ? (b ? 1 : 0) : ((Number) value).longValue();
  }
}
