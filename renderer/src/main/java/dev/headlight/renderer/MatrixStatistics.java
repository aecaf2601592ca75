package dev.headlight.renderer;

/** Order statistics over the finite cells of a matrix, from a first column on. */
final class MatrixStatistics {
  private static final int BINS = 1 << 16;

  private MatrixStatistics() {}

  static float min(Matrix matrix, int firstColumn) {
    float min = Float.POSITIVE_INFINITY;
    float[] cells = matrix.cells();
    for (int row = 0; row < matrix.rows(); row++) {
      int end = matrix.at(row) + matrix.columns();
      for (int i = matrix.at(row) + firstColumn; i < end; i++) {
        if (cells[i] < min && cells[i] != Float.NEGATIVE_INFINITY) {
          min = cells[i];
        }
      }
    }
    return min == Float.POSITIVE_INFINITY ? Float.NaN : min;
  }

  static float max(Matrix matrix, int firstColumn) {
    float max = Float.NEGATIVE_INFINITY;
    float[] cells = matrix.cells();
    for (int row = 0; row < matrix.rows(); row++) {
      int end = matrix.at(row) + matrix.columns();
      for (int i = matrix.at(row) + firstColumn; i < end; i++) {
        if (cells[i] > max && cells[i] != Float.POSITIVE_INFINITY) {
          max = cells[i];
        }
      }
    }
    return max == Float.NEGATIVE_INFINITY ? Float.NaN : max;
  }

  /** The smallest value above zero, or {@code NaN}. */
  static float minPositive(Matrix matrix, int firstColumn) {
    float min = Float.POSITIVE_INFINITY;
    float[] cells = matrix.cells();
    for (int row = 0; row < matrix.rows(); row++) {
      int end = matrix.at(row) + matrix.columns();
      for (int i = matrix.at(row) + firstColumn; i < end; i++) {
        if (cells[i] > 0 && cells[i] < min) {
          min = cells[i];
        }
      }
    }
    return min == Float.POSITIVE_INFINITY ? Float.NaN : min;
  }

  /** One over the largest (absolute) value of each row; 0 for a row without one. */
  static float[] rowFactors(Matrix matrix, int firstColumn, boolean absolute) {
    float[] factors = new float[matrix.rows()];
    float[] cells = matrix.cells();
    Parallel.ranges(
        matrix.rows(),
        matrix.columns(),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int end = matrix.at(row) + matrix.columns();
            float max = 0;
            for (int i = matrix.at(row) + firstColumn; i < end; i++) {
              float value = absolute ? Math.abs(cells[i]) : cells[i];
              if (value > max && value != Float.POSITIVE_INFINITY) {
                max = value;
              }
            }
            factors[row] = max > 0 ? 1 / max : 0;
          }
        });
    return factors;
  }

  /** Exact percentile in two counting passes (upper, then lower 16 bits), without sorting. */
  static float percentile(Matrix matrix, int firstColumn, double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("a percentile lies in 0..100, found " + percent);
    }
    long[] upper = histogram(matrix, firstColumn, -1);
    long count = 0;
    for (long bin : upper) {
      count += bin;
    }
    if (count == 0) {
      return Float.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
    int high = 0;
    while (rank > upper[high]) {
      rank -= upper[high++];
    }
    long[] lower = histogram(matrix, firstColumn, high);
    int low = 0;
    while (rank > lower[low]) {
      rank -= lower[low++];
    }
    return fromKey(high << 16 | low);
  }

  private static long[] histogram(Matrix matrix, int firstColumn, int high) {
    long[] bins = new long[BINS];
    float[] cells = matrix.cells();
    for (int row = 0; row < matrix.rows(); row++) {
      int end = matrix.at(row) + matrix.columns();
      for (int i = matrix.at(row) + firstColumn; i < end; i++) {
        if (Float.isFinite(cells[i])) {
          int key = toKey(cells[i]);
          if (high < 0) {
            bins[key >>> 16]++;
          } else if (key >>> 16 == high) {
            bins[key & 0xffff]++;
          }
        }
      }
    }
    return bins;
  }

  /** Maps floats to unsigned integers of the same order. */
  private static int toKey(float value) {
    int bits = Float.floatToRawIntBits(value);
    return bits < 0 ? ~bits : bits | 0x80000000;
  }

  private static float fromKey(int key) {
    return Float.intBitsToFloat(key < 0 ? key & 0x7fffffff : ~key);
  }
}
