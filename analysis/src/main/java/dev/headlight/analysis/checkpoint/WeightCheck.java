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
    // x * 0 is 0 for every finite x and NaN otherwise, so a clean block costs one addition an
    // element.
    int block = 1024;
    for (int start = 0; start < count; start += block) {
      int end = Math.min(count, start + block);
      float sum = 0;
      for (int i = start; i < end; i++) {
        sum += values[from + i] * 0f;
      }
      if (sum != 0) { // NaN compares unequal to everything
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
