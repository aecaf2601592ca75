package dev.headlight.analysis.sinks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActivationReaderTest {
  private static final int TOKENS = 11;
  private static final int WIDTH = 40;

  /** Magnitudes of 2 with one that differs, behind ten numbers of another sequence. */
  private static Activations read(int position, int dimension, float value) {
    ActivationReader reader = new ActivationReader(3, 1, TOKENS, WIDTH);
    float[] x = new float[10 + TOKENS * WIDTH];
    Arrays.fill(x, -2);
    Arrays.fill(x, 0, 10, 1e9f);
    reader.read(0, x, 10);
    x[10 + position * WIDTH + dimension] = value;
    reader.read(1, x, 10);
    return reader.finish();
  }

  @Test
  void massiveNeedsMagnitudeAndRatio() {
    Activations found = read(0, 17, -2500);
    assertEquals(new MassiveActivation(3, 1, 0, 17, -2500, 1250), found.massive().get(0));
    assertEquals(1, found.massive().size());
    // Below 1,000 times the median.
    assertTrue(read(0, 17, 1900).massive().isEmpty());
    assertFalse(new MassiveActivation(0, 0, 0, 0, 99, 2000).massive());
  }

  @Test
  void peaksAndNormsAreThereWithoutThat() {
    Activations found = read(4, 2, 50);
    assertEquals(new MassiveActivation(3, 1, 4, 2, 50, 25), found.peaks().get(1));
    assertEquals(2, found.peaks().size());
    double plain = Math.sqrt(4 * WIDTH);
    assertEquals(plain, found.norm(0, 4), 1e-4);
    assertEquals(Math.sqrt(4 * (WIDTH - 1) + 2500), found.norm(1, 4), 1e-3);
    assertEquals(plain, found.medianRest(1), 1e-4);
  }
}
