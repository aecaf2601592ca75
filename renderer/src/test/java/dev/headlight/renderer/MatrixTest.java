package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MatrixTest {
  private static final float NAN = Float.NaN;

  @Test
  void readsRowMajor() {
    Matrix matrix = Matrix.of(2, 3, new float[] {1, 2, 3, 4, 5, 6});
    assertEquals(6, matrix.get(1, 2));
    assertArrayEquals(new float[] {4, 5, 6}, matrix.row(1));
  }

  @Test
  void viewsAPartOfAnArray() {
    Matrix second = Matrix.of(2, 2, new float[] {0, 0, 0, 0, 1, 2, 3, 4}, 4);
    assertEquals(1, second.get(0, 0));
    assertEquals(4, second.get(1, 1));
    assertEquals(1, second.min());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Matrix.of(2, 2, new float[3]));
    assertThrows(IllegalArgumentException.class, () -> Matrix.of(0, 2, new float[0]));
    assertThrows(IllegalArgumentException.class, () -> Matrix.of(2, 2, new float[5], 2));
    Matrix matrix = Matrix.of(2, 2, new float[4]);
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.get(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.get(2, 0));
  }

  @Test
  void statisticsSkipMaskedAndInfiniteCells() {
    Matrix matrix =
        Matrix.of(
            1, 6, new float[] {NAN, 3, -2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1});
    assertEquals(-2, matrix.min());
    assertEquals(3, matrix.max());
    assertEquals(1, matrix.percentile(50));
    assertTrue(matrix.hasMasked());
    assertFalse(Matrix.of(1, 1, new float[1]).hasMasked());
  }

  @Test
  void statisticsOfNothingAreNaN() {
    Matrix matrix = Matrix.of(1, 2, new float[] {NAN, NAN});
    assertTrue(Float.isNaN(matrix.min()));
    assertTrue(Float.isNaN(matrix.max()));
    assertTrue(Float.isNaN(matrix.percentile(50)));
  }

  @Property
  void percentileIsTheValueAtItsRank(
      @ForAll @Size(min = 1, max = 60) List<@FloatRange(min = -5, max = 5) Float> values,
      @ForAll @IntRange(max = 100) int percent) {
    float[] cells = new float[values.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = values.get(i);
    }
    float[] sorted = cells.clone();
    Arrays.sort(sorted);
    int rank = Math.max(1, (int) Math.ceil(percent / 100.0 * cells.length));
    assertEquals(sorted[rank - 1], Matrix.of(1, cells.length, cells).percentile(percent), 0f);
  }
}
