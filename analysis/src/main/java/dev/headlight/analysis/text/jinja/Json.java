package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Callable.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Python's {@code json.dumps(…, ensure_ascii=False)} writes it, blanks included: a model
 * has learnt this form.
 */
final class Json {
  private static final int DEEPEST = 64;

  private final String indent;
  private final boolean sorted;
  private final String comma;
  private final String colon;

  private Json(Arguments given) {
    Object width = given.get(1, "indent", null);
    this.indent = width == null ? null : blanks(width);
    this.sorted = Values.truth(given.get(3, "sort_keys", false));
    Object separators = given.get(2, "separators", null);
    List<?> pair = separators == null ? List.of() : Values.iterate(separators);
    this.comma = pair.isEmpty() ? (indent == null ? ", " : ",") : Values.text(pair.get(0));
    this.colon = pair.size() < 2 ? ": " : Values.text(pair.get(1));
  }

  private static String blanks(Object width) {
    return width instanceof String text
        ? text
        : " ".repeat((int) Math.min(16, Math.max(0, Values.requireWhole(width, "indent"))));
  }

  static String text(Object value, Arguments given) {
    StringBuilder out = new StringBuilder();
    new Json(given).write(value, 0, out);
    return out.toString();
  }

  private void write(Object value, int depth, StringBuilder out) {
    Values.refuseUndefined(value);
    if (depth > DEEPEST) {
      throw new JinjaException("tojson: more than " + DEEPEST + " lists are inside one another");
    }
    if (value instanceof String s) {
      quote(s, out);
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth, out);
    } else if (value instanceof List<?> list) {
      block(list.stream().map(e -> (Part) b -> write(e, depth + 1, b)).toList(), "[]", depth, out);
    } else if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Number) {
      out.append(Values.repr(Values.normal(value)));
    } else {
      throw new JinjaException("tojson: %s has no JSON".formatted(Values.type(value)));
    }
  }

  /** Writes one element. */
  private interface Part {
    void write(StringBuilder out);
  }

  private void object(Map<?, ?> map, int depth, StringBuilder out) {
    Map<String, Object> entries = sorted ? new TreeMap<>() : new LinkedHashMap<>();
    map.forEach((k, v) -> entries.put(Values.text(k), v));
    List<Part> parts = new ArrayList<>();
    entries.forEach(
        (k, v) ->
            parts.add(
                b -> {
                  quote(k, b);
                  b.append(colon);
                  write(v, depth + 1, b);
                }));
    block(parts, "{}", depth, out);
  }

  private void block(List<Part> parts, String brackets, int depth, StringBuilder out) {
    out.append(brackets.charAt(0));
    for (int i = 0; i < parts.size(); i++) {
      out.append(i > 0 ? comma : "");
      line(depth + 1, out);
      parts.get(i).write(out);
    }
    if (!parts.isEmpty()) {
      line(depth, out);
    }
    out.append(brackets.charAt(1));
  }

  private void line(int depth, StringBuilder out) {
    if (indent != null) {
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> out.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
