package dev.headlight.analysis.text.jinja;

import dev.headlight.analysis.text.jinja.Callable.Arguments;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions every template knows. */
final class Functions {
  private static final int LONGEST = 100_000;
  private static final Map<Character, String> DATES =
      Map.ofEntries(
          Map.entry('Y', "yyyy"),
          Map.entry('y', "yy"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('p', "a"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('j', "DDD"));

  private Functions() {}

  /**
   * @param now what {@code strftime_now} says
   */
  static Map<String, Object> all(LocalDateTime now) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("range", (Callable) Functions::range);
    all.put("namespace", (Callable) given -> new Namespace(given.named()));
    all.put("dict", (Callable) given -> new LinkedHashMap<>(given.named()));
    all.put("raise_exception", (Callable) Functions::raise);
    all.put("strftime_now", (Callable) given -> date(now, given.text(0, "format")));
    return all;
  }

  private static Object raise(Arguments given) {
    throw new JinjaException(Values.text(given.require(0, "message")), true);
  }

  private static Object range(Arguments given) {
    boolean one = given.values().size() < 2;
    long from = one ? 0 : given.whole(0, "start", 0);
    long to = given.whole(one ? 0 : 1, "stop", 0);
    long step = given.whole(2, "step", 1);
    if (step == 0 || Math.abs((to - from) / step) > LONGEST) {
      throw new JinjaException("range: expected at most " + LONGEST + " numbers");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      numbers.add(i);
    }
    return numbers;
  }

  private static String date(LocalDateTime now, String format) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char field = format.charAt(++i);
      if (field == '%') {
        out.append('%');
      } else if (DATES.containsKey(field)) {
        out.append(now.format(DateTimeFormatter.ofPattern(DATES.get(field), Locale.ENGLISH)));
      } else {
        throw new JinjaException("strftime_now: %" + field + " is not known here");
      }
    }
    return out.toString();
  }
}
