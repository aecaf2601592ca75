package dev.headlight.analysis.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void curvesFollowTheirPointsAndGoOnWithTheirSlope() {
    Curve curve = new Curve(new double[] {1, 10, 20}, new double[] {5, 14, 22});

    assertEquals(5, curve.seconds(0.1));
    assertEquals(9, curve.seconds(5));
    assertEquals(18, curve.seconds(15));
    assertEquals(22 + 0.8 * 10, curve.seconds(30), 1e-12);
  }

  @Test
  void moreNeverTakesLess() {
    CurveBuilder builder = new CurveBuilder();
    builder.add(4, 4, () -> 0.02);
    builder.add(1, 1, () -> 0.05);
    builder.add(4, 4, () -> 0.03);
    Curve curve = builder.build();

    assertEquals(0.02, curve.seconds(1));
    assertEquals(0.02, curve.seconds(4));
    assertTrue(curve.seconds(8) > 0.02);
  }

  @Test
  void slowPointsEndTheMeasuring() {
    CurveBuilder builder = new CurveBuilder();
    assertTrue(builder.add(1, 8, () -> 0.01));
    assertFalse(builder.add(8, 32, () -> 0.08));
  }
}
