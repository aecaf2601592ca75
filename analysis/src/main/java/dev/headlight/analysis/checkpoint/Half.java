package dev.headlight.analysis.checkpoint;

/**
 * IEEE 754 binary16 and bfloat16 to and from fp32.
 *
 * <p>Narrowing rounds to the nearest value, ties to even; too large becomes infinite; a NaN stays a
 * (quiet) NaN.
 */
public final class Half {
  private static final float[] TABLE = table();

  private Half() {}

  /** The fp32 value of a binary16. Exact. */
  public static float toFloat(short half) {
    return TABLE[half & 0xFFFF];
  }

  /** The nearest binary16. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) {
      return (short) (sign | 0x7E00 | ((magnitude >>> 13) & 0x3FF));
    }
    if (magnitude >= 0x477FF000) { // 65,520: half way to 65,536 and beyond
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x38800000) { // below 2^-14: a multiple of 2^-24
      return (short) (sign | subnormal(magnitude));
    }
    int rounded = magnitude + 0xFFF + ((magnitude >>> 13) & 1);
    return (short) (sign | ((rounded - 0x38000000) >>> 13));
  }

  /** The fp32 value of a bfloat16. Exact. */
  public static float fromBrain(short brain) {
    return Float.intBitsToFloat(brain << 16);
  }

  /** The nearest bfloat16. */
  public static short toBrain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & 0x7FFFFFFF) > 0x7F800000) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  private static int subnormal(int magnitude) {
    // Scaling by a power of two is exact, rint rounds ties to even.
    return (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24);
  }

  private static float[] table() {
    float[] table = new float[1 << 16];
    for (int half = 0; half < table.length; half++) {
      table[half] = widen(half);
    }
    return table;
  }

  private static float widen(int half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0x1F) {
      return Float.intBitsToFloat(sign | 0x7F800000 | (fraction << 13));
    }
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }
}
