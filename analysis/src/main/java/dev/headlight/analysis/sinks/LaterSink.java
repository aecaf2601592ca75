package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Head;

/**
 * A token other than the first that much attention rests on (Yu et al. 2024, Unveiling and
 * Harnessing Hidden Attention Sinks): its column mean is above a threshold.
 *
 * @param sequence index of the sequence
 * @param head which head
 * @param position key, 1 or more
 * @param mean mean attention to it over the queries that see it, 0 to 1
 */
public record LaterSink(int sequence, Head head, int position, double mean) {
  /**
   * A key must be seen by so many queries: a head that attends to itself gives the last three keys
   * a mean above 0.3.
   */
  public static final int LEAST_ROWS = 8;
}
