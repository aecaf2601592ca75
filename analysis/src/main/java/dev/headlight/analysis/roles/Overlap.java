package dev.headlight.analysis.roles;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * How alike the attention of a batch of sequences is: for each sequence the mean, over rows from 1
 * on and over the other sequences, of what two rows have in common, Σ min(a, b).
 */
final class Overlap {
  private final int batch;
  private final int heads;
  private final double[][] sums;
  private final int[] rows;

  /**
   * @param batch number of sequences, 2 or more
   */
  Overlap(int batch, int layers, int heads) {
    this.batch = batch;
    this.heads = heads;
    sums = new double[batch][layers * heads];
    rows = new int[layers];
  }

  /**
   * Counts a block of rows in.
   *
   * @param weights {@code [B, H, rows, keys]}
   * @param row0 position of the first row
   */
  void add(int layer, FloatBuffer weights, int count, int keys, int row0) {
    int first = Math.max(0, 1 - row0);
    rows[layer] += Math.max(0, count - first);
    IntStream.range(0, heads)
        .parallel()
        .forEach(
            h -> {
              for (int a = 0; a < batch; a++) {
                for (int b = a + 1; b < batch; b++) {
                  int atA = ((a * heads + h) * count + first) * keys;
                  int atB = ((b * heads + h) * count + first) * keys;
                  double common = common(weights, atA, atB, (count - first) * keys);
                  sums[a][layer * heads + h] += common;
                  sums[b][layer * heads + h] += common;
                }
              }
            });
  }

  private static double common(FloatBuffer weights, int a, int b, int cells) {
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      sum += Math.min(weights.get(a + i), weights.get(b + i));
    }
    return sum;
  }

  /** Of one sequence with all others, row-major {@code [layers][heads]}. */
  double[] of(int sequence) {
    double[] means = new double[sums[sequence].length];
    for (int i = 0; i < means.length; i++) {
      means[i] = sums[sequence][i] / rows[i / heads] / (batch - 1);
    }
    return means;
  }
}
