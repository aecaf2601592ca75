package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Callable.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Python's methods of texts, lists and mappings, as far as templates call them. */
final class Methods {
  private static final Map<String, Method<String>> TEXT =
      Map.ofEntries(
          Map.entry("strip", (s, a) -> strip(s, a, true, true)),
          Map.entry("lstrip", (s, a) -> strip(s, a, true, false)),
          Map.entry("rstrip", (s, a) -> strip(s, a, false, true)),
          Map.entry("upper", (s, a) -> s.toUpperCase(Locale.ROOT)),
          Map.entry("lower", (s, a) -> s.toLowerCase(Locale.ROOT)),
          Map.entry("title", (s, a) -> title(s)),
          Map.entry("capitalize", (s, a) -> capital(s)),
          Map.entry("startswith", (s, a) -> any(a).stream().anyMatch(s::startsWith)),
          Map.entry("endswith", (s, a) -> any(a).stream().anyMatch(s::endsWith)),
          Map.entry("removeprefix", (s, a) -> without(s, a.text(0, "prefix"), true)),
          Map.entry("removesuffix", (s, a) -> without(s, a.text(0, "suffix"), false)),
          Map.entry("replace", Methods::replace),
          Map.entry("split", (s, a) -> split(s, a, false)),
          Map.entry("rsplit", (s, a) -> split(s, a, true)),
          Map.entry("splitlines", (s, a) -> s.lines().toList()),
          Map.entry("join", (s, a) -> join(s, a.require(0, "iterable"))),
          Map.entry("find", (s, a) -> position(s, s.indexOf(a.text(0, "sub")))),
          Map.entry("rfind", (s, a) -> position(s, s.lastIndexOf(a.text(0, "sub")))),
          Map.entry("count", (s, a) -> (long) pieces(s, a.text(0, "sub"), -1, false).size() - 1),
          Map.entry("isdigit", (s, a) -> !s.isEmpty() && s.chars().allMatch(Character::isDigit)),
          Map.entry("isalpha", (s, a) -> !s.isEmpty() && s.chars().allMatch(Character::isLetter)),
          Map.entry("isspace", (s, a) -> !s.isEmpty() && s.isBlank()));

  private static final Map<String, Method<Map<?, ?>>> MAPPING =
      Map.of(
          "items",
          (m, a) ->
              m.entrySet().stream()
                  .map(e -> Arrays.asList(e.getKey(), Values.normal(e.getValue())))
                  .toList(),
          "keys",
          (m, a) -> new ArrayList<>(m.keySet()),
          "values",
          (m, a) -> m.values().stream().map(Values::normal).collect(Collectors.toList()),
          "get",
          (m, a) ->
              m.containsKey(a.require(0, "key"))
                  ? Values.normal(m.get(a.require(0, "key")))
                  : a.get(1, "default", null));

  private static final Map<String, Method<List<?>>> LIST =
      Map.of(
          "index",
          (l, a) -> {
            for (int i = 0; i < l.size(); i++) {
              if (Values.equal(l.get(i), a.require(0, "value"))) {
                return (long) i;
              }
            }
            throw new JinjaException("the list has no such element");
          },
          "count",
          (l, a) -> l.stream().filter(e -> Values.equal(e, a.require(0, "value"))).count());

  private Methods() {}

  /** A method of a value of type T. */
  @FunctionalInterface
  private interface Method<T> {
    Object call(T self, Arguments arguments);
  }

  /** The method of a value, or null. */
  static Callable find(Object value, String name) {
    if (value instanceof String s) {
      return bound(TEXT.get(name), s);
    }
    if (value instanceof Map<?, ?> map) {
      return bound(MAPPING.get(name), map);
    }
    return value instanceof List<?> list ? bound(LIST.get(name), list) : null;
  }

  private static <T> Callable bound(Method<T> method, T self) {
    return method == null ? null : arguments -> method.call(self, arguments);
  }

  static String strip(String text, Arguments given, boolean left, boolean right) {
    Object chars = given.get(0, "chars", null);
    String set = chars == null ? null : Values.requireText(chars, "chars");
    int start = 0;
    int end = text.length();
    while (left && start < end && drops(set, text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (right && end > start && drops(set, text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean drops(String set, int point) {
    return set == null
        ? Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85
        : set.indexOf(point) >= 0;
  }

  static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inside = false;
    for (int point : text.codePoints().toArray()) {
      out.appendCodePoint(inside ? Character.toLowerCase(point) : Character.toTitleCase(point));
      inside = Character.isLetter(point);
    }
    return out.toString();
  }

  static String capital(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = Character.charCount(text.codePointAt(0));
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static List<String> any(Arguments given) {
    Object argument = given.require(0, "prefix");
    List<?> all = argument instanceof List<?> list ? list : Arrays.asList(argument);
    return all.stream().map(a -> Values.requireText(a, "prefix")).toList();
  }

  private static String without(String text, String part, boolean front) {
    if (front) {
      return text.startsWith(part) ? text.substring(part.length()) : text;
    }
    return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
  }

  static Object replace(String text, Arguments given) {
    int most = (int) given.whole(2, "count", -1);
    String joint = given.text(1, "new");
    String old = given.text(0, "old");
    if (old.isEmpty()) {
      throw new JinjaException("replace: the text to replace is empty");
    }
    return String.join(joint, pieces(text, old, most, false));
  }

  private static Object split(String text, Arguments given, boolean fromEnd) {
    Object separator = given.get(0, "sep", null);
    int most = (int) given.whole(1, "maxsplit", -1);
    if (separator == null) {
      return words(text, most);
    }
    return pieces(text, Values.requireText(separator, "sep"), most, fromEnd);
  }

  private static List<String> words(String text, int most) {
    String stripped = strip(text, Arguments.NONE, true, true);
    return stripped.isEmpty()
        ? List.of()
        : Arrays.asList(stripped.split("(?U)\\s+", most < 0 ? -1 : most + 1));
  }

  private static List<String> pieces(String whole, String sub, int most, boolean fromEnd) {
    if (sub.isEmpty()) {
      throw new JinjaException("empty separator");
    }
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = whole.indexOf(sub); i >= 0; i = whole.indexOf(sub, start)) {
      if (!fromEnd && most >= 0 && pieces.size() >= most) {
        break;
      }
      pieces.add(whole.substring(start, i));
      start = i + sub.length();
    }
    pieces.add(whole.substring(start));
    int extra = fromEnd && most >= 0 ? pieces.size() - 1 - most : 0;
    if (extra > 0) {
      List<String> head = pieces.subList(0, extra + 1);
      String first = String.join(sub, head);
      head.clear();
      pieces.add(0, first);
    }
    return pieces;
  }

  static String join(String joint, Object elements) {
    return Values.iterate(elements).stream()
        .map(e -> Values.requireText(e, "element of join"))
        .collect(Collectors.joining(joint));
  }

  /** Python counts characters, Java halves of them. */
  private static long position(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }
}
