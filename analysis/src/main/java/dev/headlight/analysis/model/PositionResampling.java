package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;

/**
 * Position tables for another grid than the trained one, as the reference resamples them: bicubic
 * with a = −0.75, half-pixel centres, no antialiasing, edges repeated.
 */
final class PositionResampling {
  private static final double A = -0.75;
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
    float[][] down = weights(spec.trained().rows(), grid.rows());
    float[][] along = weights(spec.trained().columns(), grid.columns());
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
  private static float[][] weights(int from, int to) {
    float[][] weights = new float[to][from];
    double step = (double) from / to;
    for (int i = 0; i < to; i++) {
      double centre = step * (i + 0.5) - 0.5;
      int left = (int) Math.floor(centre) - 1;
      for (int tap = 0; tap < TAPS; tap++) {
        int at = Math.min(from - 1, Math.max(0, left + tap));
        weights[i][at] += (float) cubic(Math.abs(centre - (left + tap)));
      }
    }
    return weights;
  }

  /** The kernel of Keys (1981) at a distance of at most two. */
  private static double cubic(double x) {
    return x <= 1 ? ((A + 2) * x - (A + 3)) * x * x + 1 : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
