package dev.headlight.renderer;

import java.util.Arrays;
import java.util.Objects;

/**
 * Paints a part of a matrix to pixels. Where several cells fall on a pixel the largest (of a signed
 * scale: the largest magnitude) is drawn, so a single strong cell never vanishes; where a cell
 * covers several pixels they all get its colour, with hard edges.
 *
 * <p>All methods are thread-safe and use the common pool for large views.
 */
public final class HeatmapPainter {
  private HeatmapPainter() {}

  /**
   * Paints straight from the cells: reads every visible cell.
   *
   * @param matrix [rows, columns]
   * @param view the part that fills the picture
   * @param argb [height, width] 0xAARRGGBB, overwritten
   * @param width pixels, at least 1
   * @param height pixels, at least 1
   * @throws IllegalArgumentException if {@code argb} is too short or the size is not positive
   */
  public static void paint(
      Matrix matrix,
      Viewport view,
      ValueScale scale,
      Palette palette,
      int[] argb,
      int width,
      int height) {
    check(argb, width, height);
    paint(Source.of(matrix, scale), view, scale, palette, argb, width, height, 0, height);
  }

  /**
   * Some lines of the picture that {@link #paint(Matrix, Viewport, ValueScale, Palette, int, int)}
   * gives, so that a large one need never be there as a whole.
   *
   * @param from first line, 0..height−1
   * @param to one past the last line, from+1..height
   * @return [to − from, width] 0xAARRGGBB
   * @throws IndexOutOfBoundsException if the lines lie outside the picture
   */
  public static int[] paintLines(
      Matrix matrix,
      Viewport view,
      ValueScale scale,
      Palette palette,
      int width,
      int height,
      int from,
      int to) {
    Objects.checkFromToIndex(from, to, height);
    int[] argb = new int[Math.multiplyExact(width, to - from)];
    check(argb, width, to - from);
    paint(Source.of(matrix, scale), view, scale, palette, argb, width, height, from, to);
    return argb;
  }

  /** Like the other form, into a new array of width · height. */
  public static int[] paint(
      Matrix matrix, Viewport view, ValueScale scale, Palette palette, int width, int height) {
    int[] argb = new int[Math.multiplyExact(width, height)];
    paint(matrix, view, scale, palette, argb, width, height);
    return argb;
  }

  /**
   * Paints from the pooled level nearest the pixel size: a pixel costs the same at any zoom. Strong
   * cells may lie up to half a pixel off.
   *
   * @param pyramid built for the same {@code scale} kind, sign and hidden column
   * @throws IllegalArgumentException if the pyramid was built for another kind of scale
   */
  public static void paint(
      MatrixPyramid pyramid,
      Viewport view,
      ValueScale scale,
      Palette palette,
      int[] argb,
      int width,
      int height) {
    check(argb, width, height);
    pyramid.checkBuiltFor(scale);
    double cellsPerPixel = Math.min(view.rows() / height, view.columns() / width);
    int level = pyramid.levelFor(cellsPerPixel);
    double size = 1 << level;
    Viewport scaled =
        new Viewport(
            view.row0() / size, view.column0() / size, view.rows() / size, view.columns() / size);
    Source source = pyramid.source(level, scale.pooling());
    paint(source, scaled, scale, palette, argb, width, height, 0, height);
  }

  private static void paint(
      Source source,
      Viewport view,
      ValueScale scale,
      Palette palette,
      int[] argb,
      int width,
      int height,
      int first,
      int last) {
    Matrix matrix = source.matrix();
    AxisIndex rows = AxisIndex.of(view.row0(), view.rows(), matrix.rows(), height);
    AxisIndex columns = AxisIndex.of(view.column0(), view.columns(), matrix.columns(), width);
    Colouring colouring = new Colouring(scale.afterPooling(), palette);
    long cellsPerLine = (long) (rows.last() - rows.first()) * matrix.columns() / height;
    Parallel.ranges(
        last - first,
        cellsPerLine + 2L * width,
        (from, to) -> {
          Pooler pooler = source.pooler(columns);
          float[] line = new float[width];
          for (int i = from; i < to; i++) {
            int y = first + i;
            if (i > from && rows.sameAsBefore(y)) {
              System.arraycopy(argb, (i - 1) * width, argb, i * width, width);
            } else if (rows.outside(y)) {
              Arrays.fill(argb, i * width, (i + 1) * width, palette.outside());
            } else {
              pooler.pool(rows.start(y), rows.end(y), line, 0);
              colouring.colour(line, 0, width, argb, i * width);
              fillOutside(columns, palette.outside(), argb, i * width);
            }
          }
        });
  }

  private static void fillOutside(AxisIndex columns, int colour, int[] argb, int at) {
    for (int x = 0; x < columns.length(); x++) {
      if (columns.outside(x)) {
        argb[at + x] = colour;
      }
    }
  }

  private static void check(int[] argb, int width, int height) {
    if (width < 1 || height < 1 || argb.length < (long) width * height) {
      throw new IllegalArgumentException(
          "a picture of %d × %d pixels does not fit into %d values"
              .formatted(width, height, argb.length));
    }
  }
}
