package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThumbnailsTest {
  private static final float NAN = Float.NaN;
  private static final ValueScale WEIGHTS = ValueScale.weights();

  private static Matrix causalRamp(int side) {
    float[] cells = new float[side * side];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i % side > i / side ? NAN : (float) i / cells.length;
    }
    return Matrix.of(side, side, cells);
  }

  @Test
  void poolsABlockToItsLargestCell() {
    Matrix pooled = Thumbnails.pool(causalRamp(8), 4, WEIGHTS);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column <= row; column++) {
        int last = (2 * row + 1) * 8 + 2 * column + 1;
        assertEquals(last / 64f, pooled.get(row, column), 0f);
      }
      for (int column = row + 1; column < 4; column++) {
        assertTrue(Float.isNaN(pooled.get(row, column)));
      }
    }
  }

  @Test
  void shortSidesStayAndLongOnesShrink() {
    Matrix pooled = Thumbnails.pool(Matrix.of(3, 100, new float[300]), 32, WEIGHTS);
    assertEquals(3, pooled.rows());
    assertEquals(32, pooled.columns());
  }

  @Test
  void hiddenSinkLeavesTheRestOfItsShare() {
    Matrix head = Matrix.of(1, 4, new float[] {0.9f, 0.1f, 0.2f, 0.3f});
    Matrix pooled = Thumbnails.pool(head, 2, WEIGHTS.withHideColumn0(true));
    assertArrayEquals(new float[] {0.1f, 0.3f}, pooled.row(0));
  }

  @Test
  void maskedIsNeverTheColourOfZero() {
    Matrix pooled = Matrix.of(1, 2, new float[] {0, NAN});
    Palette palette = Palette.sequential(Theme.DARK);
    assertArrayEquals(
        new int[] {palette.map().argb(0), palette.masked()},
        Thumbnails.colour(pooled, WEIGHTS, palette));
  }

  @Test
  void manyHeadsKeepTheirOrder() {
    List<Matrix> heads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      heads.add(Matrix.of(2, 2, new float[] {i, 0, 0, 0}));
    }
    List<Matrix> pooled = Thumbnails.poolAll(heads, 1, WEIGHTS);
    List<int[]> coloured =
        Thumbnails.colourAll(
            pooled, ValueScale.of(ValueScale.Kind.LINEAR, 0, 49), Palette.sequential(Theme.LIGHT));
    for (int i = 0; i < 50; i++) {
      assertEquals(i, pooled.get(i).get(0, 0));
      assertEquals(ColorMap.viridis().argb(i / 49.0), coloured.get(i)[0]);
    }
  }

  @Test
  void perRowThumbnailsAreColouredOnce() {
    Matrix head = Matrix.of(2, 2, new float[] {0.01f, NAN, 0.2f, 0.1f});
    ValueScale perRow = ValueScale.perRow();
    Matrix pooled = Thumbnails.pool(head, 2, perRow);
    Palette palette = Palette.sequential(Theme.LIGHT);
    assertArrayEquals(
        HeatmapPainter.paint(head, Viewport.all(head), perRow, palette, 2, 2),
        Thumbnails.colour(pooled, perRow, palette));
  }

  @Test
  void refusesNoSize() {
    assertThrows(IllegalArgumentException.class, () -> Thumbnails.pool(causalRamp(2), 0, WEIGHTS));
  }
}
