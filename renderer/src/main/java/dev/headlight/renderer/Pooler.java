package dev.headlight.renderer;

import java.util.Arrays;

/**
 * Pools bands of rows of a matrix to one row of pixels. Not thread-safe: each thread has its own.
 *
 * <p>A band is first folded row by row into one row of cells, in memory order, and then folded
 * along that row, so every cell is read once.
 */
final class Pooler {
  /** What a pool of nothing starts from; it means masked in the end. */
  private static final float NOTHING = Float.NEGATIVE_INFINITY;

  private final Matrix matrix;
  private final AxisIndex columns;
  private final int first;
  private final int last;
  private final float[] factors;
  private final Pooling pooling;
  private final float[] band;
  private final int[] counts;

  /**
   * @param firstColumn columns before it count as masked
   * @param factors what each row is multiplied by, or {@code null}
   */
  Pooler(Matrix matrix, AxisIndex columns, int firstColumn, float[] factors, Pooling pooling) {
    this.matrix = matrix;
    this.columns = columns;
    this.last = columns.last();
    this.first = Math.min(last, Math.max(firstColumn, columns.first()));
    this.factors = factors;
    this.pooling = pooling;
    this.band = new float[matrix.columns()];
    this.counts = pooling == Pooling.MEAN ? new int[matrix.columns()] : null;
  }

  /** Pools rows from..to (at least one) into {@code out}; masked and outside pixels are NaN. */
  void pool(int from, int to, float[] out, int outAt) {
    switch (pooling) {
      case MAX -> foldMax(from, to);
      case MAX_ABS -> foldMaxAbs(from, to);
      case MEAN -> foldSum(from, to);
    }
    for (int x = 0; x < columns.length(); x++) {
      int start = Math.max(first, columns.start(x));
      out[outAt + x] =
          switch (pooling) {
            case MAX -> max(start, columns.end(x));
            case MAX_ABS -> maxAbs(start, columns.end(x));
            case MEAN -> mean(start, columns.end(x));
          };
    }
  }

  private float factor(int row) {
    return factors == null ? 1 : factors[row];
  }

  /**
   * The plain maximum first, which the compiler turns into vector instructions and in which NaN
   * wins; then once more, cell by cell, from the first column in which a NaN did win.
   */
  private void foldMax(int from, int to) {
    Arrays.fill(band, first, last, NOTHING);
    for (int row = from; row < to; row++) {
      vectorMax(matrix.cells(), matrix.at(row), factor(row));
    }
    int masked = first;
    while (masked < last && !Float.isNaN(band[masked])) {
      masked++;
    }
    if (masked < last) {
      Arrays.fill(band, masked, last, NOTHING);
      for (int row = from; row < to; row++) {
        scalarMax(matrix.cells(), matrix.at(row), factor(row), masked);
      }
    }
  }

  private void vectorMax(float[] cells, int at, float factor) {
    float[] target = band;
    int end = last;
    for (int c = first; c < end; c++) {
      target[c] = Math.max(target[c], cells[at + c] * factor);
    }
  }

  private void scalarMax(float[] cells, int at, float factor, int start) {
    float[] target = band;
    int end = last;
    for (int c = start; c < end; c++) {
      float value = cells[at + c] * factor;
      if (value > target[c]) {
        target[c] = value;
      }
    }
  }

  private void foldMaxAbs(int from, int to) {
    Arrays.fill(band, first, last, NOTHING);
    float[] cells = matrix.cells();
    for (int row = from; row < to; row++) {
      int at = matrix.at(row);
      float factor = factor(row);
      for (int c = first; c < last; c++) {
        float value = cells[at + c] * factor;
        if (value > NOTHING && (band[c] == NOTHING || Math.abs(value) > Math.abs(band[c]))) {
          band[c] = value;
        }
      }
    }
  }

  private void foldSum(int from, int to) {
    Arrays.fill(band, first, last, 0);
    Arrays.fill(counts, first, last, 0);
    float[] cells = matrix.cells();
    for (int row = from; row < to; row++) {
      int at = matrix.at(row);
      float factor = factor(row);
      for (int c = first; c < last; c++) {
        float value = cells[at + c] * factor;
        if (value > NOTHING) {
          band[c] += value;
          counts[c]++;
        }
      }
    }
  }

  private float max(int start, int end) {
    float max = NOTHING;
    for (int c = start; c < end; c++) {
      if (band[c] > max) {
        max = band[c];
      }
    }
    return max == NOTHING ? Float.NaN : max;
  }

  private float maxAbs(int start, int end) {
    float best = NOTHING;
    for (int c = start; c < end; c++) {
      if (band[c] != NOTHING && (best == NOTHING || Math.abs(band[c]) > Math.abs(best))) {
        best = band[c];
      }
    }
    return best == NOTHING ? Float.NaN : best;
  }

  private float mean(int start, int end) {
    double sum = 0;
    int count = 0;
    for (int c = start; c < end; c++) {
      sum += band[c];
      count += counts[c];
    }
    return count == 0 ? Float.NaN : (float) (sum / count);
  }
}
