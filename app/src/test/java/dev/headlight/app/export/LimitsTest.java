package dev.headlight.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.export.Limits.Bound;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Matrix CELLS =
      Matrix.of(
          2, 5, new float[] {0.9f, 0.1f, 0.2f, 0.3f, Float.NaN, 0.8f, 0.4f, 0.5f, 0.6f, 0.7f});

  @Test
  void weightsAndPercentilesAreRead() {
    assertEquals(new Bound(0.3, false), Bound.parse(" .3 "));
    assertEquals(new Bound(99, true), Bound.parse("99 %"));
    assertEquals(new Bound(1e-3, false), Bound.parse("1e-3"));
    for (String wrong : List.of("", "x", "-1", "1.5", "101%", "NaN", "%")) {
      HeadlightException refused =
          assertThrows(HeadlightException.class, () -> Bound.parse(wrong), wrong);
      assertTrue(refused.getMessage().contains("99%"), refused.getMessage());
    }
  }

  @Test
  void theTextIsExact() {
    for (String text : List.of("0,99%", "0.123456789,0.5", "2.5%,1", "1.0E-4,0.5")) {
      assertEquals(text, Limits.parse(text).text());
    }
    for (String wrong : List.of("", "0.1", "0,1,2", "0.5,0.1", "a,b")) {
      assertThrows(HeadlightException.class, () -> Limits.parse(wrong), wrong);
    }
  }

  @Test
  void limitsAreInOrder() {
    assertThrows(HeadlightException.class, () -> Limits.of(0.5, 0.5));
    assertThrows(HeadlightException.class, () -> Limits.percentiles(99, 1));
    assertEquals("0.1 to 99%", new Limits(new Bound(0.1, false), new Bound(99, true)).toString());
  }

  @Test
  void percentilesAreThoseOfTheCells() {
    ValueScale scale = ValueScale.of(ValueScale.Kind.SQRT, 0, 1);
    ValueScale limited = Limits.percentiles(0, 100).apply(scale, CELLS);
    assertEquals(0.1, limited.min(), 1e-6);
    assertEquals(0.9, limited.max(), 1e-6);
    ValueScale noSink = Limits.percentiles(0, 100).apply(scale.withHideColumn0(true), CELLS);
    assertEquals(0.7, noSink.max(), 1e-6);
    assertTrue(noSink.hideColumn0());
    assertEquals(ValueScale.Kind.SQRT, limited.kind());
  }

  @Test
  void everyKindOfScaleTakesThem() {
    ValueScale log = Limits.of(0, 0.5).apply(ValueScale.of(ValueScale.Kind.LOG, 1e-4, 1), CELLS);
    assertTrue(log.min() > 0 && log.max() == 0.5);
    ValueScale rows = Limits.percentiles(10, 90).apply(ValueScale.perRow(), CELLS);
    assertEquals(0.1, rows.min());
    assertEquals(0.9, rows.max());
    Matrix even = Matrix.of(1, 2, new float[] {0.5f, 0.5f});
    ValueScale flat = Limits.percentiles(1, 99).apply(ValueScale.weights(), even);
    assertTrue(flat.max() > flat.min());
  }
}
