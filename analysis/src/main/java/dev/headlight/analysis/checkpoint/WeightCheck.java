package dev.headlight.analysis.checkpoint;

import java.nio.FloatBuffer;

/** Looks for values no weight may have. */
public final class WeightCheck {
  private WeightCheck() {}

  /**
   * The first NaN or infinity of what remains in the buffer, which is left as it was.
   *
   * @return its index counted from the buffer's position, or -1
   */
  public static long firstNonFinite(FloatBuffer values) {
    int start = values.position();
    int end = values.limit();
    if (values.hasArray()) {
      return scan(values.array(), values.arrayOffset() + start, end - start);
    }
    for (long i = start; i < end; i++) {
      if (!Float.isFinite(values.get((int) i))) {
        return i - start;
      }
    }
    return -1;
  }

  /** The first NaN or infinity of an array, or -1. */
  public static long firstNonFinite(float[] values) {
    return scan(values, 0, values.length);
  }

  private static int scan(float[] values, int from, int count) {
    // Only an exponent of all ones carries into the sign bit: a clean block costs three operations
    // on integers an element, and no jump.
    int block = 1024;
    for (int start = 0; start < count; start += block) {
      int end = Math.min(count, start + block);
      int carry = 0;
      for (int i = from + start; i < from + end; i++) {
        carry |= (Float.floatToRawIntBits(values[i]) & 0x7F800000) + 0x00800000;
      }
      if (carry < 0) {
        return firstInBlock(values, from, start, end);
      }
    }
    return -1;
  }

  private static int firstInBlock(float[] values, int from, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!Float.isFinite(values[from + i])) {
        return i;
      }
    }
    return -1;
  }
}
