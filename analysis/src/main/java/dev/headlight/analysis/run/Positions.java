package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of positions of a prompt: {@code all}, {@code 7}, {@code 3-7}, {@code -1} (counted from
 * the prompt's end), {@code -1..} (from there on). {@code all} and the open form go on over
 * generated tokens, every other form means prompt positions: {@code 0--1} is the prompt alone,
 * {@code -1..} what is done while writing.
 *
 * @param from first position, negative from the end
 * @param to last position (included), negative from the end
 * @param all whether every position from the first on is meant, now and later
 */
public record Positions(int from, int to, boolean all) {
  /** Every position. */
  public static final Positions ALL = new Positions(0, -1, true);

  /**
   * From the last position of the prompt on: what stands before it is read unchanged, everything
   * that is written is written under the change.
   */
  public static final Positions WRITING = from(-1);

  /** Every position of the prompt, and none that is written after it. */
  public static final Positions READING = new Positions(0, -1, false);

  private static final Pattern FORM = Pattern.compile("(-?\\d+)(?:-(-?\\d+)|(\\.\\.))?");

  /** One position, negative from the end. */
  public static Positions at(int position) {
    return new Positions(position, position, false);
  }

  /** From a position on, negative from the end of the prompt. */
  public static Positions from(int position) {
    return new Positions(position, -1, true);
  }

  /**
   * Reads the text form.
   *
   * @throws HeadlightException when the text is no range
   */
  public static Positions parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "\""
              + text
              + "\" is not a position; expected all, 7, 3-7, -1 (the last) or -1.. (from there on)");
    }
    int from = Integer.parseInt(m.group(1));
    if (m.group(3) != null) {
      return from(from);
    }
    return new Positions(from, m.group(2) == null ? from : Integer.parseInt(m.group(2)), false);
  }

  /** First position meant in a prompt of this length. */
  public int first(int length) {
    return from < 0 ? length + from : from;
  }

  /** One past the last position meant in a prompt of this length. */
  public int end(int length) {
    return all ? Integer.MAX_VALUE : (to < 0 ? length + to : to) + 1;
  }

  /**
   * Checks the range against a prompt.
   *
   * @throws HeadlightException when the range is empty or leaves the prompt
   */
  public void check(int length) {
    boolean beyond = all ? first(length) > Math.max(0, length - 1) : end(length) > length;
    if (first(length) < 0 || beyond || first(length) >= end(length)) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "position "
              + this
              + " is outside the prompt: it has "
              + length
              + " tokens, 0 to "
              + (length - 1));
    }
  }

  @Override
  public String toString() {
    return all
        ? (from == 0 ? "all" : from + "..")
        : from == to ? String.valueOf(from) : from + "-" + to;
  }
}
