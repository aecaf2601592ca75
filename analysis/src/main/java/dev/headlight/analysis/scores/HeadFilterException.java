package dev.headlight.analysis.scores;

import dev.headlight.analysis.HeadlightException;

/** A text that is no filter of heads: what was expected and what was found, and where. */
public final class HeadFilterException extends HeadlightException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final int length;

  HeadFilterException(String message, int position, int length) {
    super(Kind.INPUT, message);
    this.position = position;
    this.length = length;
  }

  /**
   * First UTF-16 unit of what is wrong; the text's length where something is missing at its end.
   */
  public int position() {
    return position;
  }

  /** How many UTF-16 units are wrong; 0 where something is missing. */
  public int length() {
    return length;
  }
}
