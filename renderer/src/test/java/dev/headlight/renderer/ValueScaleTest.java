package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.ValueScale.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ValueScaleTest {
  private static final float NAN = Float.NaN;

  @Test
  void curvesHaveTheirClosedForms() {
    assertEquals(0.25, ValueScale.of(Kind.LINEAR, 0, 4).position(1), 1e-12);
    assertEquals(0.5, ValueScale.of(Kind.SQRT, 0, 4).position(1), 1e-12);
    assertEquals(0.5, ValueScale.of(Kind.LOG, 1e-4, 1).position(1e-2), 1e-12);
    assertEquals(0.75, ValueScale.signed(Kind.LINEAR, 2).position(1), 1e-12);
    assertEquals(0.25, ValueScale.signed(Kind.SQRT, 4).position(-1), 1e-12);
  }

  @Test
  void positionsAreClamped() {
    assertEquals(0, ValueScale.of(Kind.LOG, 1e-4, 1).position(0));
    assertEquals(0, ValueScale.of(Kind.LOG, 1e-4, 1).position(-1));
    assertEquals(1, ValueScale.weights().position(2));
    assertEquals(0, ValueScale.signed(Kind.LINEAR, 1).position(-9));
    assertTrue(Double.isNaN(ValueScale.weights().position(Double.NaN)));
  }

  @Property
  void valueInvertsPosition(@ForAll @DoubleRange(min = 0, max = 1) double position) {
    ValueScale[] scales = {
      ValueScale.of(Kind.LINEAR, -1, 3),
      ValueScale.of(Kind.SQRT, 0, 5),
      ValueScale.of(Kind.LOG, 1e-3, 2),
      ValueScale.signed(Kind.LINEAR, 2),
      ValueScale.signed(Kind.SQRT, 2)
    };
    for (ValueScale scale : scales) {
      assertEquals(position, scale.position(scale.value(position)), 1e-9, scale.toString());
    }
  }

  @Test
  void fittedLimitsLeaveOutTheHiddenColumnAndMaskedCells() {
    Matrix matrix = Matrix.of(2, 3, new float[] {9, NAN, NAN, 8, 0.25f, 0.5f});
    assertEquals(9, ValueScale.fit(Kind.LINEAR, matrix, false).max());
    assertEquals(0.5, ValueScale.fit(Kind.LINEAR, matrix, true).max());
    assertEquals(0, ValueScale.fit(Kind.SQRT, matrix, true).min());
    assertEquals(0.25, ValueScale.fit(Kind.LOG, matrix, true).min(), 1e-9);
    assertEquals(0.25, ValueScale.fit(Kind.LINEAR, matrix, 50, true).max());
  }

  @Test
  void fittedSignedLimitsAreSymmetric() {
    Matrix matrix = Matrix.of(1, 3, new float[] {-3, 2, 0});
    ValueScale scale = ValueScale.fitSigned(Kind.LINEAR, matrix, false);
    assertEquals(-3, scale.min());
    assertEquals(3, scale.max());
    assertEquals(0.5, scale.position(0));
  }

  @Test
  void fitsEvenNothing() {
    Matrix masked = Matrix.of(1, 2, new float[] {NAN, NAN});
    Matrix zeros = Matrix.of(1, 2, new float[2]);
    for (Kind kind : Kind.values()) {
      assertTrue(ValueScale.fit(kind, masked, true).max() > 0, kind.name());
      assertTrue(ValueScale.fit(kind, zeros, false).max() > 0, kind.name());
    }
    assertEquals(1, ValueScale.fitSigned(Kind.LINEAR, masked, true).max());
  }

  @Test
  void refusesImpossibleLimits() {
    assertThrows(IllegalArgumentException.class, () -> ValueScale.of(Kind.LINEAR, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> ValueScale.of(Kind.LINEAR, NAN, 1));
    assertThrows(IllegalArgumentException.class, () -> ValueScale.of(Kind.LOG, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> ValueScale.signed(Kind.LOG, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new ValueScale(Kind.LINEAR, -1, 2, true, false));
  }
}
