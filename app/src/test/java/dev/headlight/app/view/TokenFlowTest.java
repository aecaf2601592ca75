package dev.headlight.app.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TokenFlowTest {
  private static final float NAN = Float.NaN;

  private static TokenFlow flow(double... widths) {
    return TokenFlow.of(widths.length, i -> widths[i], i -> i == 4, 100, 2);
  }

  @Test
  void linesAreFilledAndEndWhereTheTextSaysSo() {
    TokenFlow flow = flow(40, 40, 20, 150, 10, 10, 10);
    assertEquals(5, flow.lines());
    int[] lines = new int[7];
    for (int i = 0; i < 7; i++) {
      lines[i] = flow.line(i);
    }
    assertArrayEquals(new int[] {0, 0, 1, 2, 3, 4, 4}, lines);
    assertEquals(42, flow.x(1));
    assertEquals(0, flow.x(2));
    assertEquals(7, flow.first(5));
  }

  @Test
  void placesAndNeighboursAreFound() {
    TokenFlow flow = flow(40, 40, 20, 20, 20, 20);
    assertEquals(0, flow.at(0, 41));
    assertEquals(1, flow.at(0, 42));
    assertEquals(1, flow.at(0, 999));
    assertEquals(4, flow.moved(1, 1));
    assertEquals(0, flow.moved(2, -1));
    assertEquals(1, flow.moved(1, -5));
  }

  @Test
  void noTokensMakeNoLines() {
    assertEquals(0, flow().lines());
  }

  @Test
  void profileKeepsTheStrongestCellUnderAPixel() {
    float[] weights = {0.9f, 0.1f, 0.4f, 0.2f, NAN, NAN};
    Profile pooled = Profile.of(weights, 0, 6, 3, false);
    assertArrayEquals(new float[] {0.9f, 0.4f, NAN}, pooled.values());
    assertEquals(0.9f, pooled.max());
    Profile hidden = Profile.of(weights, 0, 6, 3, true);
    assertArrayEquals(new float[] {0.1f, 0.4f, NAN}, hidden.values());
    Profile close = Profile.of(weights, 1, 2, 4, false);
    assertArrayEquals(new float[] {0.1f, 0.1f, 0.4f, 0.4f}, close.values());
  }
}
