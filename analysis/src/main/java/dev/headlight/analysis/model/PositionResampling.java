package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.PatchSpec.Resampled;

/**
 * Position tables for another grid than the trained one, as the reference resamples them: with
 * half-pixel centres, bicubic with a = −0.75 and edges repeated; or antialiased, where the kernel
 * is as wide as what becomes one value (bicubic with a = −0.5, or bilinear) and ends at the edge.
 */
final class PositionResampling {
  private static final double SHARP = -0.75;
  private static final double SMOOTH = -0.5;
  private static final int TAPS = 4;

  private PositionResampling() {}

  /**
   * How the tokens of a tower mix the rows of its table: {@code [before + patches, classes +
   * trained patches]}. Class tokens keep their rows, registers have none.
   */
  static float[] rows(PatchSpec spec, PatchGrid grid) {
    int columns = spec.classes() + spec.trained().size();
    float[] mixing = new float[(spec.before() + grid.size()) * columns];
    for (int token = 0; token < spec.classes(); token++) {
      mixing[token * columns + token] = 1;
    }
    float[][] down = weights(spec.resampled(), spec.trained().rows(), grid.rows());
    float[][] along = weights(spec.resampled(), spec.trained().columns(), grid.columns());
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        int from = (spec.before() + grid.index(row, column)) * columns + spec.classes();
        for (int i = 0; i < down[row].length; i++) {
          for (int j = 0; j < along[column].length; j++) {
            mixing[from + spec.trained().index(i, j)] = down[row][i] * along[column][j];
          }
        }
      }
    }
    return mixing;
  }

  /** Shares of {@code from} values in each of {@code to}. */
  private static float[][] weights(Resampled way, int from, int to) {
    return way == Resampled.CUBIC ? repeated(from, to) : antialiased(way, from, to);
  }

  private static float[][] repeated(int from, int to) {
    float[][] weights = new float[to][from];
    double step = (double) from / to;
    for (int i = 0; i < to; i++) {
      double centre = step * (i + 0.5) - 0.5;
      int left = (int) Math.floor(centre) - 1;
      for (int tap = 0; tap < TAPS; tap++) {
        int at = Math.min(from - 1, Math.max(0, left + tap));
        weights[i][at] += (float) cubic(SHARP, Math.abs(centre - (left + tap)));
      }
    }
    return weights;
  }

  private static float[][] antialiased(Resampled way, int from, int to) {
    float[][] weights = new float[to][from];
    double step = (double) from / to;
    double wide = Math.max(1, step);
    double reach = (way == Resampled.SMOOTH_LINEAR ? 1 : 2) * wide;
    for (int i = 0; i < to; i++) {
      double centre = step * (i + 0.5);
      int first = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(from, (int) (centre + reach + 0.5));
      double[] shares = new double[end - first];
      double sum = 0;
      for (int j = 0; j < shares.length; j++) {
        double x = Math.abs(first + j + 0.5 - centre) / wide;
        shares[j] = way == Resampled.SMOOTH_LINEAR ? Math.max(0, 1 - x) : cubic(SMOOTH, x);
        sum += shares[j];
      }
      for (int j = 0; j < shares.length; j++) {
        weights[i][first + j] = (float) (shares[j] / sum);
      }
    }
    return weights;
  }

  /** The kernel of Keys (1981). */
  private static double cubic(double a, double x) {
    if (x >= 2) {
      return 0;
    }
    return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  }
}
