package dev.headlight.analysis.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Positions as a text of ranges, {@code 0,5-9,12}: what an intervention writes for many keys. */
final class KeyText {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  /** More positions no prompt has. */
  private static final int MOST = 10_000_000;

  private KeyText() {}

  /** Ascending positions; empty where the text is none. */
  static Optional<List<Integer>> parse(String text) {
    List<Integer> keys = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher m = RANGE.matcher(part.strip());
      if (!m.matches()) {
        return Optional.empty();
      }
      int from = Integer.parseInt(m.group(1));
      int to = m.group(2) == null ? from : Integer.parseInt(m.group(2));
      if (from > to || to - from > MOST) {
        return Optional.empty();
      }
      for (int key = from; key <= to; key++) {
        keys.add(key);
      }
    }
    return Optional.of(ascending(keys));
  }

  /** Each position once, ascending. */
  static List<Integer> ascending(List<Integer> keys) {
    return keys.stream().distinct().sorted().toList();
  }

  static String print(List<Integer> keys) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < keys.size(); ) {
      int end = i;
      while (end + 1 < keys.size() && keys.get(end + 1) == keys.get(end) + 1) {
        end++;
      }
      text.append(text.isEmpty() ? "" : ",").append(keys.get(i));
      text.append(end > i ? "-" + keys.get(end) : "");
      i = end + 1;
    }
    return text.toString();
  }
}
