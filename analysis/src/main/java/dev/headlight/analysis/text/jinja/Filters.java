package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Callable.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands behind a {@code |}. */
final class Filters {
  private static final Named<Filter> ALL = Named.of("filter", Filters::fill);

  private Filters() {}

  /** A filter by itself. */
  @FunctionalInterface
  interface Filter {
    Object apply(Object value, Arguments arguments);
  }

  static Filter find(String name) {
    return ALL.find(name);
  }

  private static void fill(Map<String, Filter> all) {
    texts(all);
    lists(all);
    values(all);
  }

  private static void texts(Map<String, Filter> all) {
    all.put("trim", (v, a) -> Methods.strip(Values.text(v), a, true, true));
    all.put("upper", (v, a) -> Values.text(v).toUpperCase(Locale.ROOT));
    all.put("lower", (v, a) -> Values.text(v).toLowerCase(Locale.ROOT));
    all.put("capitalize", (v, a) -> Methods.capital(Values.text(v)));
    all.put("title", (v, a) -> Methods.title(Values.text(v)));
    all.put("replace", (v, a) -> Methods.replace(Values.text(v), a));
    all.put("string", (v, a) -> Values.text(v));
    all.put("safe", (v, a) -> v);
    all.put("indent", Filters::indent);
    all.put(
        "join",
        (v, a) ->
            Values.iterate(picked(v, a.get(1, "attribute", null))).stream()
                .map(Values::text)
                .collect(Collectors.joining(Values.text(a.get(0, "d", "")))));
  }

  private static Object picked(Object value, Object attribute) {
    return attribute == null
        ? value
        : Values.iterate(value).stream().map(e -> Members.element(e, attribute)).toList();
  }

  private static Object indent(Object value, Arguments given) {
    String blanks = " ".repeat((int) Math.min(64, Math.max(0, given.whole(0, "width", 4))));
    boolean first = Values.truth(given.get(1, "first", false));
    List<String> lines = Arrays.asList(Values.text(value).split("\n", -1));
    List<String> out = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean moved = i == 0 ? first : !lines.get(i).isEmpty();
      out.add(moved ? blanks + lines.get(i) : lines.get(i));
    }
    return String.join("\n", out);
  }

  private static void lists(Map<String, Filter> all) {
    all.put("length", (v, a) -> Values.length(v));
    all.put("count", (v, a) -> Values.length(v));
    all.put("list", (v, a) -> new ArrayList<>(Values.iterate(v)));
    all.put("first", (v, a) -> end(Values.iterate(v), true));
    all.put("last", (v, a) -> end(Values.iterate(v), false));
    all.put("reverse", (v, a) -> Members.slice(v, null, null, -1L));
    all.put("items", (v, a) -> Methods.find(v, "items").call(Arguments.NONE));
    all.put("map", Filters::map);
    all.put("select", (v, a) -> chosen(v, a, false, true));
    all.put("reject", (v, a) -> chosen(v, a, false, false));
    all.put("selectattr", (v, a) -> chosen(v, a, true, true));
    all.put("rejectattr", (v, a) -> chosen(v, a, true, false));
    all.put("unique", (v, a) -> unique(Values.iterate(v)));
    all.put("sort", Filters::sort);
  }

  private static Object end(List<?> elements, boolean first) {
    return elements.isEmpty()
        ? new Undefined("no element, the list is empty")
        : elements.get(first ? 0 : elements.size() - 1);
  }

  private static Object map(Object value, Arguments given) {
    Object attribute = given.named().get("attribute");
    if (attribute != null) {
      return picked(value, attribute);
    }
    Filter filter = find(given.text(0, "filter"));
    List<Object> rest = new ArrayList<>(given.values().subList(1, given.values().size()));
    return Values.iterate(value).stream()
        .map(e -> filter.apply(e, new Arguments(rest, given.named())))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Object chosen(Object value, Arguments given, boolean attribute, boolean keep) {
    int from = attribute ? 1 : 0;
    boolean tested = given.values().size() > from;
    String name = tested ? given.text(from, "test") : "";
    Tests.Test test = tested ? Tests.find(name) : (v, a) -> Values.truth(v);
    List<Object> rest =
        tested ? given.values().subList(from + 1, given.values().size()) : List.of();
    Arguments arguments = new Arguments(rest, Map.of());
    return Values.iterate(value).stream()
        .filter(
            e -> {
              Object seen = attribute ? Members.element(e, given.values().get(0)) : e;
              return test.holds(seen, arguments) == keep;
            })
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Object unique(List<?> elements) {
    List<Object> kept = new ArrayList<>();
    for (Object element : elements) {
      if (!Values.contains(kept, element)) {
        kept.add(element);
      }
    }
    return kept;
  }

  private static Object sort(Object value, Arguments given) {
    List<Object> sorted = new ArrayList<>(Values.iterate(value));
    Object attribute = given.named().get("attribute");
    sorted.sort(
        (x, y) ->
            attribute == null
                ? Values.compare(x, y)
                : Values.compare(Members.element(x, attribute), Members.element(y, attribute)));
    if (Values.truth(given.get(0, "reverse", false))) {
      Collections.reverse(sorted);
    }
    return sorted;
  }

  private static void values(Map<String, Filter> all) {
    Filter fallback =
        (v, a) -> {
          boolean falseToo = Values.truth(a.get(1, "boolean", false));
          boolean absent = v instanceof Undefined || (falseToo && !Values.truth(v));
          return absent ? a.get(0, "default_value", "") : v;
        };
    all.put("default", fallback);
    all.put("d", fallback);
    all.put("attr", (v, a) -> attribute(v, a.text(0, "name")));
    all.put("int", (v, a) -> whole(v, a.get(0, "default", 0L)));
    all.put("float", (v, a) -> real(v, a.get(0, "default", 0.0)));
    all.put("bool", (v, a) -> Values.truth(v));
    all.put("abs", (v, a) -> v instanceof Double d ? Math.abs(d) : Math.abs(Values.asLong(v)));
    all.put("tojson", (v, a) -> Json.text(v, a));
  }

  /** Unlike a dot, this filter never looks for keys. */
  private static Object attribute(Object value, String name) {
    return value instanceof Map && Methods.find(value, name) == null
        ? Undefined.member(value, name)
        : Members.attribute(value, name);
  }

  private static Object whole(Object value, Object fallback) {
    if (Values.number(value)) {
      return value instanceof Double d ? (Object) (long) (double) d : (Object) Values.asLong(value);
    }
    try {
      return Long.parseLong(Values.text(value).strip());
    } catch (NumberFormatException e) {
      return fallback;
    }
  }

  private static Object real(Object value, Object fallback) {
    if (Values.number(value)) {
      return Values.asDouble(value);
    }
    try {
      return Double.parseDouble(Values.text(value).strip());
    } catch (NumberFormatException e) {
      return fallback;
    }
  }
}
