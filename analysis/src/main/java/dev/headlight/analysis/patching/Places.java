package dev.headlight.analysis.patching;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.run.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Positions at which values are moved.
 *
 * @param ranges of a prompt, in the order given; none means every position
 */
public record Places(List<Positions> ranges) {
  /** Every position. */
  public static final Places ALL = new Places(List.of());

  /** The last position alone. */
  public static final Places LAST = new Places(List.of(Positions.at(-1)));

  /** Copies the list. */
  public Places {
    ranges = List.copyOf(ranges);
  }

  /**
   * Reads {@code all}, {@code last}, or a list such as {@code 3,7-9,-1}.
   *
   * @throws HeadlightException when the text is none of these
   */
  public static Places parse(String text) {
    String t = text.strip();
    if (t.equals("all")) {
      return ALL;
    }
    List<Positions> ranges = new ArrayList<>();
    for (String part : t.split(",", -1)) {
      String one = part.strip();
      Positions range = one.equals("last") ? Positions.at(-1) : Positions.parse(one);
      if (range.all()) {
        throw new HeadlightException(
            Kind.INPUT,
            "\"" + text + "\" mixes all with other positions; expected all, last or 3,7-9");
      }
      ranges.add(range);
    }
    return new Places(ranges);
  }

  /**
   * The positions meant in a prompt, ascending.
   *
   * @throws HeadlightException when one lies outside the prompt
   */
  public List<Integer> in(int length) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Positions range : ranges.isEmpty() ? List.of(Positions.ALL) : ranges) {
      range.check(length);
      IntStream.range(range.first(length), Math.min(length, range.end(length))).forEach(found::add);
    }
    return List.copyOf(found);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    if (equals(LAST)) {
      return "last";
    }
    return ranges.isEmpty()
        ? "all"
        : ranges.stream().map(Positions::toString).collect(Collectors.joining(","));
  }
}
