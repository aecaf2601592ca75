package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query head, zero-based; prints as {@code L5H3}.
 *
 * @param layer block the head is in
 * @param head query head within the block
 */
public record Head(int layer, int head) implements Comparable<Head> {
  private static final Pattern FORM =
      Pattern.compile("L(\\d+)H(\\d+)|(\\d+)[.-](\\d+)|\\((\\d+),\\s*(\\d+)\\)");
  private static final Comparator<Head> ORDER =
      Comparator.comparingInt(Head::layer).thenComparingInt(Head::head);

  /**
   * Reads {@code L5H3}, {@code 5.3}, {@code 5-3} or {@code (5,3)}.
   *
   * @throws HeadlightException when the text is none of these
   */
  public static Head parse(String text) {
    Matcher m = FORM.matcher(text.strip());
    if (!m.matches()) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT, "\"" + text + "\" is not a head; expected one like L5H3");
    }
    int group = m.group(1) != null ? 1 : m.group(3) != null ? 3 : 5;
    return new Head(Integer.parseInt(m.group(group)), Integer.parseInt(m.group(group + 1)));
  }

  @Override
  public int compareTo(Head other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "L" + layer + "H" + head;
  }
}
