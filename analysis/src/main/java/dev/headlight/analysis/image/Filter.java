package dev.headlight.analysis.image;

import java.util.function.DoubleUnaryOperator;

/**
 * The weights of one direction of a resize, as PIL's {@code precompute_coeffs} and {@code
 * normalize_coeffs_8bpc} make them: for each new pixel the first old one it reads, how many, and
 * their weights in fixed point.
 *
 * @param first first old pixel of each new one
 * @param count old pixels of each new one
 * @param weights {@code [new pixels, taps]}, times 2^{@value #BITS}
 * @param taps room for each new pixel's weights
 */
record Filter(int[] first, int[] count, int[] weights, int taps) {
  /** Bits behind the point: 32 less the 8 of a byte and 2 for what overshoots. */
  static final int BITS = 22;

  /** Rounds to the nearest when the bits behind the point are cut off. */
  static final int HALF = 1 << (BITS - 1);

  /**
   * @param from old pixels
   * @param to new pixels
   * @param support half the width of the kernel at its own scale
   * @param kernel its height at a distance
   */
  static Filter of(int from, int to, double support, DoubleUnaryOperator kernel) {
    double scale = (double) from / to;
    double widened = Math.max(scale, 1);
    double reach = support * widened;
    int taps = (int) Math.ceil(reach) * 2 + 1;
    Filter filter = new Filter(new int[to], new int[to], new int[to * taps], taps);
    double[] row = new double[taps];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int begin = Math.max(0, (int) (centre - reach + 0.5));
      int count = Math.min(from, (int) (centre + reach + 0.5)) - begin;
      double sum = 0;
      for (int k = 0; k < count; k++) {
        row[k] = kernel.applyAsDouble((k + begin - centre + 0.5) * (1 / widened));
        sum += row[k];
      }
      filter.first[i] = begin;
      filter.count[i] = count;
      for (int k = 0; k < count; k++) {
        double weight = sum == 0 ? row[k] : row[k] / sum;
        filter.weights[i * taps + k] = (int) (weight * (1 << BITS) + (weight < 0 ? -0.5 : 0.5));
      }
    }
    return filter;
  }

  /** A sum of weights times bytes as a byte. */
  static byte clip(int sum) {
    int value = sum >> BITS;
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }
}
