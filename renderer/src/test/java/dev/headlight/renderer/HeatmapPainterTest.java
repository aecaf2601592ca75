package dev.headlight.renderer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.renderer.ValueScale.Kind;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HeatmapPainterTest {
  private static final float NAN = Float.NaN;
  private static final ValueScale LINEAR = ValueScale.of(Kind.LINEAR, 0, 1);
  private static final Palette PALETTE = Palette.sequential(Theme.LIGHT);

  private static int colour(double position) {
    return PALETTE.map().argb(position);
  }

  private static int[] paint(Matrix matrix, ValueScale scale, int width, int height) {
    return HeatmapPainter.paint(matrix, Viewport.all(matrix), scale, PALETTE, width, height);
  }

  @Test
  void onePixelACellIsTheColourOfTheCell() {
    Matrix matrix = Matrix.of(2, 2, new float[] {0, 1, 0.5f, NAN});
    assertArrayEquals(
        new int[] {colour(0), colour(1), colour(0.5), PALETTE.masked()},
        paint(matrix, LINEAR, 2, 2));
  }

  @Test
  void magnifiedCellsHaveHardEdges() {
    Matrix matrix = Matrix.of(1, 2, new float[] {0, 1});
    int[] expected = {colour(0), colour(0), colour(0), colour(1), colour(1), colour(1)};
    int[] two = Arrays.copyOf(expected, 12);
    System.arraycopy(expected, 0, two, 6, 6);
    assertArrayEquals(two, paint(matrix, LINEAR, 6, 2));
  }

  @Test
  void aPixelOverSeveralCellsShowsTheLargest() {
    Matrix matrix = Matrix.of(2, 4, new float[] {0.1f, 0.2f, NAN, 0.4f, 0.3f, 0, NAN, NAN});
    assertArrayEquals(new int[] {colour(0.3f), colour(0.4f)}, paint(matrix, LINEAR, 2, 1));
  }

  @Test
  void aPixelOverMaskedCellsOnlyIsMasked() {
    Matrix matrix = Matrix.of(2, 4, new float[] {0, 0, NAN, NAN, 0, 0, NAN, NAN});
    int[] argb = paint(matrix, LINEAR, 2, 1);
    assertArrayEquals(new int[] {colour(0), PALETTE.masked()}, argb);
    assertNotEquals(argb[0], argb[1]);
  }

  @Test
  void minusInfinityIsMaskedToo() {
    Matrix matrix = Matrix.of(1, 2, new float[] {Float.NEGATIVE_INFINITY, -2});
    ValueScale scale = ValueScale.of(Kind.LINEAR, -2, 1);
    assertArrayEquals(new int[] {PALETTE.masked(), colour(0)}, paint(matrix, scale, 2, 1));
  }

  @Test
  void signedPixelsShowTheLargestMagnitude() {
    Matrix matrix = Matrix.of(1, 4, new float[] {0.5f, -1, NAN, 0.25f});
    Palette palette = Palette.diverging(Theme.LIGHT);
    int[] argb =
        HeatmapPainter.paint(
            matrix, Viewport.all(matrix), ValueScale.signed(Kind.LINEAR, 1), palette, 2, 1);
    assertEquals(Theme.LIGHT.negative(), argb[0]);
    assertEquals(palette.map().table()[128 + 32], argb[1]);
  }

  @Test
  void zeroOfASignedScaleIsThePanel() {
    Matrix matrix = Matrix.of(1, 1, new float[] {0});
    int[] argb =
        HeatmapPainter.paint(
            matrix,
            Viewport.all(matrix),
            ValueScale.signed(Kind.SQRT, 1),
            Palette.diverging(Theme.DARK),
            1,
            1);
    assertEquals(Theme.DARK.panel(), argb[0]);
  }

  @Test
  void hiddenFirstColumnIsMaskedAndNeverPooled() {
    Matrix matrix = Matrix.of(1, 4, new float[] {1, 0.2f, 0.1f, 0});
    ValueScale hidden = LINEAR.withHideColumn0(true);
    assertArrayEquals(
        new int[] {PALETTE.masked(), colour(0.2f), colour(0.1f), colour(0)},
        paint(matrix, hidden, 4, 1));
    assertArrayEquals(new int[] {colour(0.2f), colour(0.1f)}, paint(matrix, hidden, 2, 1));
  }

  @Test
  void perRowDividesByTheRowsLargest() {
    Matrix matrix = Matrix.of(3, 2, new float[] {0.1f, 0.2f, 0.5f, NAN, 0, 0});
    assertArrayEquals(
        new int[] {
          colour(0.5), colour(1), colour(1), PALETTE.masked(), colour(0), colour(0),
        },
        paint(matrix, ValueScale.perRow(), 2, 3));
    assertArrayEquals(
        new int[] {PALETTE.masked(), colour(1)},
        paint(
            Matrix.of(1, 2, new float[] {1, 0.2f}),
            ValueScale.perRow().withHideColumn0(true),
            2,
            1));
  }

  @Test
  void beyondTheMatrixIsOutside() {
    Matrix matrix = Matrix.of(1, 1, new float[] {1});
    Viewport wide = new Viewport(-1, -1, 3, 3);
    int[] argb = HeatmapPainter.paint(matrix, wide, LINEAR, PALETTE, 3, 3);
    int[] expected = new int[9];
    expected[4] = colour(1);
    assertArrayEquals(expected, argb);
  }

  @Test
  void everyCurveAgreesWithTheScale() {
    float[] cells = new float[1000];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i / 999f;
    }
    Matrix matrix = Matrix.of(1, 1000, cells);
    for (ValueScale scale :
        new ValueScale[] {LINEAR, ValueScale.weights(), ValueScale.of(Kind.LOG, 1e-3, 1)}) {
      int[] argb = paint(matrix, scale, 1000, 1);
      int[] table = PALETTE.map().table();
      for (int i = 0; i < cells.length; i++) {
        // Single and double precision may differ where a value lies on the edge of two colours.
        double index = scale.position(cells[i]) * 255;
        boolean near =
            argb[i] == table[(int) (index + 0.499)] || argb[i] == table[(int) (index + 0.501)];
        assertTrue(near, scale + " at " + cells[i]);
      }
    }
  }

  @Property
  void aSingleStrongCellNeverVanishes(
      @ForAll @IntRange(min = 1, max = 90) int rows,
      @ForAll @IntRange(min = 1, max = 90) int columns,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll int seed) {
    float[] cells = new float[rows * columns];
    int strong = Math.floorMod(seed, cells.length);
    cells[strong] = 1;
    Matrix matrix = Matrix.of(rows, columns, cells);
    assertTrue(strongSeen(paint(matrix, LINEAR, width, height)));
    int[] fromPyramid = new int[width * height];
    HeatmapPainter.paint(
        MatrixPyramid.of(matrix, LINEAR),
        Viewport.all(matrix),
        LINEAR,
        PALETTE,
        fromPyramid,
        width,
        height);
    assertTrue(strongSeen(fromPyramid));
  }

  private static boolean strongSeen(int[] argb) {
    return Arrays.stream(argb).anyMatch(pixel -> pixel == colour(1));
  }

  @Test
  void pooledAndParallelPaintingEqualsBruteForce() {
    int side = 700;
    float[] cells = new float[side * side];
    for (int i = 0; i < cells.length; i++) {
      int row = i / side;
      cells[i] = i % side > row ? NAN : (float) Math.abs(Math.sin(i * 0.37));
    }
    Matrix matrix = Matrix.of(side, side, cells);
    int pixels = 100;
    int[] argb = paint(matrix, LINEAR, pixels, pixels);
    for (int y = 0; y < pixels; y++) {
      for (int x = 0; x < pixels; x++) {
        float max = Float.NEGATIVE_INFINITY;
        for (int cell = 0; cell < 49; cell++) {
          float value = matrix.get(y * 7 + cell / 7, x * 7 + cell % 7);
          max = value > max ? value : max;
        }
        int expected = x > y ? PALETTE.masked() : colour(max);
        assertEquals(expected, argb[y * pixels + x], "pixel " + x + ", " + y);
      }
    }
  }

  @Test
  void refusesAPictureThatDoesNotFit() {
    Matrix matrix = Matrix.of(1, 1, new float[1]);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            HeatmapPainter.paint(matrix, Viewport.all(matrix), LINEAR, PALETTE, new int[3], 2, 2));
    assertThrows(IllegalArgumentException.class, () -> new Viewport(0, 0, 0, 1));
  }
}
