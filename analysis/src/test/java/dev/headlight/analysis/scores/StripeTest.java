package dev.headlight.analysis.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Stripes and repetitions, without an engine. */
class StripeTest {
  private static final int S = 50;

  /** Rows of a head that attends alike to all it sees, in blocks. */
  private static double uniform(int first, int back, int block) {
    int length = 2 * S;
    Stripe stripe = new Stripe(1, 1, first, back);
    for (int row0 = 0; row0 < length; row0 += block) {
      int rows = Math.min(block, length - row0);
      int keys = row0 + rows;
      float[] weights = new float[rows * keys];
      for (int r = 0; r < rows; r++) {
        for (int k = 0; k <= row0 + r; k++) {
          weights[r * keys + k] = 1f / (row0 + r + 1);
        }
      }
      stripe.add(0, FloatBuffer.wrap(weights), rows, keys, row0, 0);
    }
    return stripe.means()[0];
  }

  private static double harmonic(int n) {
    double sum = 0;
    for (int i = 1; i <= n; i++) {
      sum += 1.0 / i;
    }
    return sum;
  }

  @Test
  void uniformAttentionGivesTheHarmonicNumbers() {
    double second = (harmonic(2 * S) - harmonic(S)) / S;
    double previous = (harmonic(2 * S) - 1) / (2 * S - 1);
    for (int block : new int[] {7, 32, 100}) {
      assertEquals(second, uniform(S, S - 1, block), 1e-7);
      assertEquals(second, uniform(S, S, block), 1e-7);
      assertEquals(previous, uniform(1, 1, block), 1e-7);
    }
    assertEquals(0.01376, second, 5e-6);
    assertEquals(0.0423, previous, 5e-5);
  }

  @Test
  void eachHeadHasItsOwnAndHiddenKeysCountAsNothing() {
    Stripe stripe = new Stripe(2, 2, 2, 2);
    // Rows 2 and 3 over keys 1 to 3: of row 2, key 0 lies before the block.
    float[] weights = {0, 0, 0, 0.25f, 0, 0, 9, 9, 9, 1, 0, 0};
    stripe.add(1, FloatBuffer.wrap(weights), 2, 3, 2, 1);
    assertEquals(0.125, stripe.means()[2]);
    assertEquals(0.5, stripe.means()[3]);
    assertTrue(Double.isNaN(stripe.means()[0]));
  }

  @Test
  void findsWhatStandsBeforeTheCopies() {
    assertEquals(new Repetition(0, 3), Repetition.of(new int[] {4, 5, 6, 4, 5, 6}, 3, 0));
    assertEquals(new Repetition(1, 3), Repetition.of(new int[] {1, 4, 5, 6, 4, 5, 6}, 3, 0));
    assertEquals(4, Repetition.of(new int[] {1, 4, 5, 6, 4, 5, 6}, 3, 0).secondCopy());
  }

  @Test
  void whatDoesNotRepeatIsSaid() {
    HeadlightException e =
        assertThrows(
            HeadlightException.class, () -> Repetition.of(new int[] {1, 4, 5, 6, 4, 5, 7}, 3, 2));
    assertEquals(
        "sequence 2 does not repeat after 3 ids: id 7 at position 6, but 6 at 3; check the period",
        e.getMessage());
    assertThrows(HeadlightException.class, () -> Repetition.of(new int[] {4, 5, 6}, 3, 0));
    assertThrows(HeadlightException.class, () -> Repetition.of(new int[] {4, 4, 4}, 1, 0));
    assertThrows(HeadlightException.class, () -> Repetition.of(new int[] {1, 4, 5, 6}, 3, 0));
  }

  @Test
  void meansAndDeviationsAreThoseOfTheSequences() {
    HeadTableBuilder builder = new HeadTableBuilder(1, 2);
    builder.add(new double[] {1, 5});
    assertTrue(Double.isNaN(builder.build().deviations()[0]));
    builder.add(new double[] {2, 5});
    builder.add(new double[] {6, 5});
    HeadTable table = builder.build();
    assertEquals(3, table.values()[0], 1e-12);
    assertEquals(Math.sqrt(7), table.deviations()[0], 1e-12);
    assertEquals(0, table.deviations()[1], 1e-12);
    assertEquals(3, table.runs());
    assertEquals(5, table.max());
  }
}
