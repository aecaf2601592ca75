package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.ValueScale.Kind;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MatrixPyramidTest {
  private static final ValueScale LINEAR = ValueScale.of(Kind.LINEAR, 0, 1);

  @Property
  void everyLevelEqualsBruteForce(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll long seed,
      @ForAll boolean hideColumn0,
      @ForAll Pooling pooling) {
    Matrix matrix = random(rows, columns, seed);
    ValueScale scale = LINEAR.withHideColumn0(hideColumn0);
    MatrixPyramid pyramid = MatrixPyramid.of(matrix, scale);
    for (int level = 1; level < pyramid.levels(); level++) {
      Matrix pooled = pyramid.level(level, pooling);
      int size = 1 << level;
      assertEquals((rows + size - 1) / size, pooled.rows());
      assertEquals((columns + size - 1) / size, pooled.columns());
      for (int row = 0; row < pooled.rows(); row++) {
        for (int column = 0; column < pooled.columns(); column++) {
          assertEquals(
              block(matrix, row * size, column * size, size, hideColumn0 ? 1 : 0, pooling),
              pooled.get(row, column),
              pooling == Pooling.MEAN ? 1e-5f : 0f);
        }
      }
    }
  }

  private static Matrix random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    float[] cells = new float[rows * columns];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextInt(3) == 0 ? Float.NaN : random.nextFloat() * 2 - 1;
    }
    return Matrix.of(rows, columns, cells);
  }

  private static float block(
      Matrix matrix, int row0, int column0, int size, int firstColumn, Pooling pooling) {
    float best = Float.NaN;
    double sum = 0;
    int count = 0;
    for (int row = row0; row < Math.min(matrix.rows(), row0 + size); row++) {
      int end = Math.min(matrix.columns(), column0 + size);
      for (int column = Math.max(firstColumn, column0); column < end; column++) {
        float value = matrix.get(row, column);
        if (!Float.isNaN(value)) {
          boolean wins = pooling == Pooling.MAX ? value > best : Math.abs(value) > Math.abs(best);
          best = count == 0 || wins ? value : best;
          sum += value;
          count++;
        }
      }
    }
    return pooling == Pooling.MEAN ? (count == 0 ? Float.NaN : (float) (sum / count)) : best;
  }

  @Test
  void rowWiseScaleIsAppliedBeforePooling() {
    Matrix matrix = Matrix.of(2, 2, new float[] {0.1f, 0.2f, 4, 1});
    MatrixPyramid pyramid = MatrixPyramid.of(matrix, ValueScale.perRow());
    assertEquals(1, pyramid.level(1, Pooling.MAX).get(0, 0), 1e-6);
    assertEquals((0.5 + 1 + 1 + 0.25) / 4, pyramid.level(1, Pooling.MEAN).get(0, 0), 1e-6);
  }

  @Test
  void frameNearTheCellSizeEqualsPaintingFromTheCells() {
    Matrix matrix = random(64, 64, 3);
    Viewport view = new Viewport(3.25, 7.5, 40, 40);
    Palette palette = Palette.sequential(Theme.DARK);
    for (ValueScale scale : new ValueScale[] {LINEAR, ValueScale.perRow().withHideColumn0(true)}) {
      int[] frame = new int[50 * 50];
      MatrixPyramid pyramid = MatrixPyramid.of(matrix, scale);
      HeatmapPainter.paint(pyramid, view, scale, palette, frame, 50, 50);
      assertArrayEquals(HeatmapPainter.paint(matrix, view, scale, palette, 50, 50), frame);
    }
  }

  @Test
  void isMadeForOneKindOfScale() {
    MatrixPyramid pyramid = MatrixPyramid.of(random(4, 4, 1), LINEAR);
    assertTrue(pyramid.fits(ValueScale.of(Kind.LOG, 0.1, 3)));
    assertFalse(pyramid.fits(ValueScale.perRow()));
    ValueScale hidden = LINEAR.withHideColumn0(true);
    Viewport all = Viewport.all(pyramid.matrix());
    Palette palette = Palette.sequential(Theme.LIGHT);
    assertThrows(
        IllegalArgumentException.class,
        () -> HeatmapPainter.paint(pyramid, all, hidden, palette, new int[4], 2, 2));
  }

  @Test
  void levelsEndWithASingleCell() {
    assertEquals(1, MatrixPyramid.of(random(1, 1, 1), LINEAR).levels());
    MatrixPyramid pyramid = MatrixPyramid.of(random(5, 3, 1), LINEAR);
    assertEquals(4, pyramid.levels());
    assertEquals(1, pyramid.level(3, Pooling.MAX).rows());
    assertThrows(IndexOutOfBoundsException.class, () -> pyramid.level(4, Pooling.MAX));
    assertThrows(IndexOutOfBoundsException.class, () -> pyramid.level(0, Pooling.MAX));
  }
}
