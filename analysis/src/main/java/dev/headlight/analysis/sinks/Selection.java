package dev.headlight.analysis.sinks;

/** Medians without sorting everything. */
final class Selection {
  /** The sign, the exponent and four bits of the mantissa: they order numbers of 0 and more. */
  private static final int SHIFT = 19;

  private Selection() {}

  /**
   * The median, of an even number the lower one of two. Values are first counted by their leading
   * bits, and only those that share them with the median are looked at again.
   *
   * @param values 0 or more
   */
  static float lowerMedian(float[] values) {
    int[] counts = new int[1 << (Integer.SIZE - 1 - SHIFT)];
    for (float value : values) {
      counts[leading(value)]++;
    }
    int wanted = (values.length - 1) / 2;
    int bin = 0;
    while (wanted >= counts[bin]) {
      wanted -= counts[bin++];
    }
    float[] same = new float[counts[bin]];
    int count = 0;
    for (float value : values) {
      if (leading(value) == bin) {
        same[count++] = value;
      }
    }
    return select(same, wanted);
  }

  /** Without the sign, so that −0 is 0. */
  private static int leading(float value) {
    return (Float.floatToRawIntBits(value) & Integer.MAX_VALUE) >>> SHIFT;
  }

  /** The value that would stand at an index if all were sorted (Hoare 1961); reorders them. */
  private static float select(float[] values, int wanted) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (wanted <= j) {
        high = j;
      } else if (wanted >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[wanted];
  }
}
