package dev.headlight.analysis.sinks;

/** Medians without sorting everything (Hoare 1961). */
final class Selection {
  private Selection() {}

  /** The median, of an even number the lower one of two; reorders the values. */
  static float lowerMedian(float[] values) {
    int wanted = (values.length - 1) / 2;
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
