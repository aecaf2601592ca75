package dev.headlight.analysis.sinks;

import java.util.List;

/**
 * What is kept of one head's map of one sequence.
 *
 * @param length T
 * @param first mean attention to each of the first keys when only the first t tokens count, row k,
 *     column t − 1; NaN before the key is there, and for encoders at every length but T
 * @param entropies mean entropy of the first t rows, nats, at index t − 1
 * @param columns mean attention to each key over the rows that see it, at length T
 * @param later means of keys from 1 on, where they are above the floor
 */
record KeptHead(int length, float[] first, float[] entropies, float[] columns, List<Later> later) {
  /**
   * A key's means at the lengths {@code from}, {@code from + 1}, ….
   *
   * @param key its position
   * @param from the first length
   * @param means mean attention over the rows that see it
   */
  record Later(int key, int from, float[] means) {
    /** The mean at a length; NaN where it is not above the floor. */
    float at(int length) {
      int i = length - from;
      return i >= 0 && i < means.length ? means[i] : Float.NaN;
    }
  }

  float mean(int key, int at) {
    return first[key * length + at - 1];
  }
}
