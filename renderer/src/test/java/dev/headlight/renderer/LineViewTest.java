package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.headlight.renderer.LineView.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineViewTest {
  private static final float NAN = Float.NaN;
  private static final Matrix MAP =
      Matrix.of(3, 3, new float[] {1, NAN, NAN, 0.7f, 0.3f, NAN, 0.5f, 0.1f, 0.4f});

  @Test
  void keepsWhatReachesTheThresholdStrongestLast() {
    LineView lines = LineView.above(MAP, 0.4, 100, false);
    assertEquals(
        List.of(
            new Segment(2, 2, 0.4f),
            new Segment(2, 0, 0.5f),
            new Segment(1, 0, 0.7f),
            new Segment(0, 0, 1f)),
        lines.segments());
    assertEquals(0, lines.leftOut());
  }

  @Test
  void saysHowManyTheCapLeftOut() {
    LineView lines = LineView.above(MAP, 0, 2, false);
    assertEquals(List.of(new Segment(1, 0, 0.7f), new Segment(0, 0, 1f)), lines.segments());
    assertEquals(4, lines.leftOut());
  }

  @Test
  void leavesOutTheSink() {
    LineView lines = LineView.above(MAP, 0.2, 100, true);
    assertEquals(List.of(new Segment(1, 1, 0.3f), new Segment(2, 2, 0.4f)), lines.segments());
  }

  @Test
  void keepsTheStrongestOfEachQuery() {
    LineView lines = LineView.topPerQuery(MAP, 1, 100, true);
    assertEquals(List.of(new Segment(1, 1, 0.3f), new Segment(2, 2, 0.4f)), lines.segments());
    assertEquals(0, lines.leftOut());
  }

  @Test
  void ofEqualWeightsTheEarlierWins() {
    Matrix even = Matrix.of(1, 4, new float[] {0.25f, 0.25f, 0.25f, 0.25f});
    assertEquals(
        List.of(new Segment(0, 1, 0.25f), new Segment(0, 0, 0.25f)),
        LineView.ofQuery(even, 0, 2, false).segments());
  }

  @Test
  void refusesNoLines() {
    assertThrows(IllegalArgumentException.class, () -> LineView.above(MAP, 0, 0, false));
  }
}
