package dev.headlight.samples.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Forms have the areas that geometry says. */
class ShapeTest {
  private static final int FINE = 400;

  private static double area(Shape shape) {
    int inside = 0;
    for (int row = 0; row < 3 * FINE; row++) {
      for (int column = 0; column < 3 * FINE; column++) {
        double x = (column + 0.5) / FINE - 1.5;
        double y = (row + 0.5) / FINE - 1.5;
        inside += shape.covers(x, y) ? 1 : 0;
      }
    }
    return (double) inside / (FINE * FINE);
  }

  @Test
  void areas() {
    assertEquals(Math.PI, area(Shape.CIRCLE), 0.01);
    assertEquals(1.7 * 1.7, area(Shape.SQUARE), 0.01);
    assertEquals(0.58 * 1.8 * 1.8, area(Shape.TRIANGLE), 0.01);
    // Ten triangles between the middle, a point and a dent.
    assertEquals(5 * 1.08 * 0.52 * Math.sin(Math.PI / 5), area(Shape.STAR), 0.01);
    assertEquals(2 * (2 * 0.72) - 0.72 * 0.72, area(Shape.CROSS), 0.01);
  }

  @Test
  void pointsUp() {
    assertTrue(Shape.STAR.covers(0, -1.05));
    assertFalse(Shape.STAR.covers(0, 0.6));
    assertTrue(Shape.TRIANGLE.covers(0, -0.95));
    assertFalse(Shape.TRIANGLE.covers(0.4, -0.6));
    assertTrue(Shape.TRIANGLE.covers(0.9, 0.75));
  }
}
