package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void mediansAreThoseOfTheSortedValues() {
    Random random = new Random(1);
    for (int n = 1; n < 200; n++) {
      float[] values = new float[n];
      for (int i = 0; i < n; i++) {
        // Few different ones, so that many are equal.
        values[i] = n % 2 == 0 ? random.nextInt(7) : random.nextFloat();
      }
      float[] sorted = values.clone();
      Arrays.sort(sorted);
      assertEquals(sorted[(n - 1) / 2], Selection.lowerMedian(values), 0);
    }
  }
}
