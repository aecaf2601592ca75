package dev.headlight.analysis.scores;

import java.nio.FloatBuffer;

/**
 * How much attention lies on a diagonal: the mean of A[i, i − back] over the rows from {@code
 * first} on, of every head, fed with blocks of rows. A key that the mask hides counts as 0.
 */
final class Stripe {
  private final int first;
  private final int back;
  private final int heads;
  private final double[] sums;
  private final int[] rows;

  /**
   * @param first the first row that counts
   * @param back how far before the query the key is
   */
  Stripe(int layers, int heads, int first, int back) {
    this.first = first;
    this.back = back;
    this.heads = heads;
    sums = new double[layers * heads];
    rows = new int[layers];
  }

  /**
   * Counts a block of rows in.
   *
   * @param weights {@code [H, rows, keys]}
   * @param row0 position of the first row
   * @param key0 position of the first key
   */
  void add(int layer, FloatBuffer weights, int count, int keys, int row0, int key0) {
    for (int r = Math.max(0, first - row0); r < count; r++) {
      int key = row0 + r - back - key0;
      rows[layer]++;
      for (int h = 0; h < heads && key >= 0 && key < keys; h++) {
        sums[layer * heads + h] += weights.get((h * count + r) * keys + key);
      }
    }
  }

  /** The means, row-major {@code [layers][heads]}; NaN for layers without rows. */
  double[] means() {
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[i] / rows[i / heads];
    }
    return means;
  }
}
