package dev.headlight.analysis.scores;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;

/**
 * How a sequence repeats: after {@code front} ids, every id equals the one {@code period} before.
 *
 * @param front b: 1 where a beginning-of-sequence id stands before the first copy, else 0
 * @param period S: ids of a copy
 */
record Repetition(int front, int period) {
  /**
   * Finds what stands before the first copy.
   *
   * @param index of the sequence, for the message
   * @throws HeadlightException when the sequence does not repeat after so many ids, or ends before
   */
  static Repetition of(int[] ids, int period, int index) {
    if (period < 2 || ids.length <= period) {
      throw new HeadlightException(
          Kind.INPUT,
          "sequence %d has %d ids, so it cannot repeat after %d; give a period of 2 or more and below its length"
              .formatted(index, ids.length, period));
    }
    int bare = firstDifference(ids, period, 0);
    if (bare < 0) {
      return new Repetition(0, period);
    }
    int behind = firstDifference(ids, period, 1);
    if (behind < 0 && ids.length > 1 + period) {
      return new Repetition(1, period);
    }
    int at = behind < 0 ? bare : behind;
    throw new HeadlightException(
        Kind.INPUT,
        "sequence %d does not repeat after %d ids: id %d at position %d, but %d at %d; check the period"
            .formatted(index, period, ids[at], at, ids[at - period], at - period));
  }

  /** Where an id first differs from the one a period before; negative for nowhere. */
  private static int firstDifference(int[] ids, int period, int front) {
    for (int i = front + period; i < ids.length; i++) {
      if (ids[i] != ids[i - period]) {
        return i;
      }
    }
    return -1;
  }

  /** First row of the second copy. */
  int secondCopy() {
    return front + period;
  }
}
