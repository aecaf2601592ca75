package dev.headlight.analysis.vision;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;

/**
 * Attention followed through the layers for one query.
 *
 * <p>Rollout (Abnar and Zuidema 2020, Quantifying Attention Flow in Transformers): {@code Ã_l =
 * (mean over heads of A_l + I) / row sum, R_0 = Ã_0, R_l = Ã_l R_{l−1}}. A row of R is the product
 * of one row with one matrix after the other, so that no product of two matrices is ever formed.
 * Causal rollouts drift to token 0.
 */
public final class Rollout {
  private static final int BLOCK = 128;

  private Rollout() {}

  /**
   * A row of the rollout.
   *
   * @param last the layer up to which is rolled; the model's last for all of it
   * @param heads query heads of a layer
   * @return {@code [T]}, 0 to 1, sum 1
   */
  public static float[] row(Maps maps, int last, int heads, int length, int query) {
    double[] row = new double[length];
    row[query] = 1;
    for (int l = last; l >= 0; l--) {
      row = times(row, maps, l, heads);
    }
    return floats(row);
  }

  private static double[] times(double[] row, Maps maps, int layer, int heads) {
    int length = row.length;
    double[] next = new double[length];
    for (int row0 = 0; row0 < length; row0 += BLOCK) {
      int row1 = Math.min(length, row0 + BLOCK);
      float[] mean = mean(maps, layer, heads, row0, row1, length);
      for (int q = row0; q < row1; q++) {
        int at = (q - row0) * length;
        double sum = 1;
        for (int k = 0; k < length; k++) {
          sum += mean[at + k];
        }
        double share = row[q] / sum;
        for (int k = 0; k < length && share != 0; k++) {
          next[k] += share * mean[at + k];
        }
        next[q] += share;
      }
    }
    return next;
  }

  private static float[] mean(Maps maps, int layer, int heads, int row0, int row1, int length) {
    float[] mean = new float[(row1 - row0) * length];
    for (int h = 0; h < heads; h++) {
      Tensor rows = maps.rows(new Head(layer, h), row0, row1);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += rows.data()[i] / heads;
      }
    }
    return mean;
  }

  static float[] floats(double[] row) {
    float[] out = new float[row.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) row[i];
    }
    return out;
  }
}
