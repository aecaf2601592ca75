package dev.headlight.analysis.pairs;

/**
 * A part of a text, half open, in UTF-16 units.
 *
 * @param start first unit, 0 or more
 * @param end one past the last, {@code start} or more
 */
public record TextSpan(int start, int end) {
  /** Refuses what is no span. */
  public TextSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no span: " + start + " to " + end);
    }
  }

  /** What of a text it covers. */
  public String in(String text) {
    return text.substring(start, end);
  }

  /** Whether the two share a unit. */
  public boolean overlaps(TextSpan other) {
    return start < other.end && other.start < end;
  }
}
