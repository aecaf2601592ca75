package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Callable.Arguments;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What stands behind an {@code is}. */
final class Tests {
  private static final Named<Test> ALL = Named.of("test", Tests::fill);

  private Tests() {}

  /** A test by itself. */
  @FunctionalInterface
  interface Test {
    boolean holds(Object value, Arguments arguments);
  }

  static Test find(String name) {
    return ALL.find(name);
  }

  private static void fill(Map<String, Test> all) {
    kinds(all);
    comparisons(all);
    all.put("odd", (v, a) -> Math.floorMod(Values.requireWhole(v, "odd"), 2L) == 1);
    all.put("even", (v, a) -> Math.floorMod(Values.requireWhole(v, "even"), 2L) == 0);
    all.put(
        "divisibleby", (v, a) -> Values.asLong(Operators.apply("%", v, a.require(0, "num"))) == 0);
    all.put("lower", (v, a) -> cased(Values.text(v), false));
    all.put("upper", (v, a) -> cased(Values.text(v), true));
  }

  private static boolean cased(String text, boolean upper) {
    String other = upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    return text.equals(other) && text.chars().anyMatch(Character::isLetter);
  }

  private static void kinds(Map<String, Test> all) {
    all.put("defined", (v, a) -> !(v instanceof Undefined));
    all.put("undefined", (v, a) -> v instanceof Undefined);
    all.put("none", (v, a) -> v == null);
    all.put("string", (v, a) -> v instanceof String);
    all.put("mapping", (v, a) -> v instanceof Map);
    all.put("sequence", (v, a) -> sequence(v));
    all.put("iterable", (v, a) -> sequence(v) || v instanceof Undefined);
    all.put("number", (v, a) -> Values.number(v));
    all.put("integer", (v, a) -> v instanceof Long);
    all.put("float", (v, a) -> v instanceof Double);
    all.put("boolean", (v, a) -> v instanceof Boolean);
    all.put("true", (v, a) -> Boolean.TRUE.equals(v));
    all.put("false", (v, a) -> Boolean.FALSE.equals(v));
    all.put("callable", (v, a) -> v instanceof Callable);
    all.put("sameas", (v, a) -> Values.equal(v, a.require(0, "other")));
  }

  private static boolean sequence(Object value) {
    return value instanceof String || value instanceof List || value instanceof Map;
  }

  private static void comparisons(Map<String, Test> all) {
    for (String name : List.of("eq", "equalto", "==")) {
      all.put(name, (v, a) -> Values.equal(v, a.require(0, "other")));
    }
    all.put("ne", (v, a) -> !Values.equal(v, a.require(0, "other")));
    all.put("!=", all.get("ne"));
    all.put("lt", (v, a) -> Values.compare(v, a.require(0, "other")) < 0);
    all.put("le", (v, a) -> Values.compare(v, a.require(0, "other")) <= 0);
    all.put("gt", (v, a) -> Values.compare(v, a.require(0, "other")) > 0);
    all.put("ge", (v, a) -> Values.compare(v, a.require(0, "other")) >= 0);
    all.put("in", (v, a) -> Values.contains(a.require(0, "seq"), v));
  }
}
