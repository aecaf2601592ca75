package dev.headlight.analysis.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfTest {

  /** The value of a binary16 from its definition, in doubles. */
  private static double defined(int half) {
    int exponent = (half >> 10) & 31;
    int fraction = half & 1023;
    double sign = (half & 0x8000) == 0 ? 1 : -1;
    if (exponent == 31) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * Math.pow(2, -24)
        : sign * (1024 + fraction) * Math.pow(2, exponent - 25);
  }

  @Test
  void widensEveryHalfExactly() {
    for (int half = 0; half < 65536; half++) {
      float found = Half.toFloat((short) half);
      assertEquals(defined(half), (double) found, 0.0, Integer.toHexString(half));
      assertEquals(half >= 0x8000, Float.floatToRawIntBits(found) < 0, "sign of " + half);
    }
  }

  @Test
  void everyHalfSurvivesTheRoundTrip() {
    for (int half = 0; half < 65536; half++) {
      short back = Half.fromFloat(Half.toFloat((short) half));
      if (Double.isNaN(defined(half))) {
        assertTrue(Float.isNaN(Half.toFloat(back)));
      } else {
        assertEquals((short) half, back, Integer.toHexString(half));
      }
    }
  }

  @Test
  void roundsToTheNearestAndTiesToEvenBetweenAllNeighbours() {
    for (int half = 0; half < 0x7BFF; half++) {
      float low = Half.toFloat((short) half);
      float high = Half.toFloat((short) (half + 1));
      float middle = (float) (((double) low + high) / 2);
      int even = (half & 1) == 0 ? half : half + 1;
      assertEquals((short) even, Half.fromFloat(middle), "tie above " + half);
      assertEquals(
          (short) half, Half.fromFloat(Math.nextDown(middle)), "below the tie above " + half);
      assertEquals(
          (short) (half + 1), Half.fromFloat(Math.nextUp(middle)), "above the tie above " + half);
      assertEquals((short) (even | 0x8000), Half.fromFloat(-middle), "negative tie above " + half);
    }
  }

  @Test
  void tooLargeBecomesInfiniteAndTooSmallZero() {
    assertEquals((short) 0x7BFF, Half.fromFloat(65519.996f));
    assertEquals((short) 0x7C00, Half.fromFloat(65520f));
    assertEquals((short) 0xFC00, Half.fromFloat(-1e30f));
    assertEquals((short) 0x7C00, Half.fromFloat(Float.POSITIVE_INFINITY));
    assertEquals((short) 0, Half.fromFloat(0x1p-25f));
    assertEquals((short) 1, Half.fromFloat(Math.nextUp(0x1p-25f)));
    assertEquals((short) 0x8000, Half.fromFloat(-Float.MIN_VALUE));
    assertTrue(Float.isNaN(Half.toFloat(Half.fromFloat(Float.NaN))));
    assertTrue(Float.isNaN(Half.toFloat(Half.fromFloat(Float.intBitsToFloat(0x7F800001)))));
  }

  @Test
  void everyBrainFloatSurvivesTheRoundTrip() {
    for (int brain = 0; brain < 65536; brain++) {
      float wide = Half.fromBrain((short) brain);
      assertEquals(brain << 16, Float.floatToRawIntBits(wide));
      short back = Half.toBrain(wide);
      if (Float.isNaN(wide)) {
        assertTrue(Float.isNaN(Half.fromBrain(back)));
      } else {
        assertEquals((short) brain, back);
      }
    }
  }

  @Test
  void brainFloatRoundsToTheNearestEven() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(value) || Math.abs(value) > 3e38f) {
        continue;
      }
      int low = Float.floatToRawIntBits(value) >>> 16;
      // In units of the last place the rest lies in [0, 1): round it as BigDecimal does.
      BigDecimal units =
          BigDecimal.valueOf(Float.floatToRawIntBits(value) & 0xFFFF)
              .divide(BigDecimal.valueOf(65536));
      int up =
          units.add(BigDecimal.valueOf(low & 1)).setScale(0, RoundingMode.HALF_EVEN).intValue()
              - (low & 1);
      assertEquals((short) (low + up), Half.toBrain(value), Float.toHexString(value));
    }
    assertEquals((short) 0x7F80, Half.toBrain(Float.MAX_VALUE));
    assertTrue(Float.isNaN(Half.fromBrain(Half.toBrain(Float.intBitsToFloat(0x7F800001)))));
  }
}
