package dev.headlight.renderer;

/**
 * A rectangle of a matrix, in cells; fractions are allowed, and it may reach beyond the matrix.
 *
 * @param row0 upper edge; 0 is the upper edge of row 0
 * @param column0 left edge; 0 is the left edge of column 0
 * @param rows height, above 0
 * @param columns width, above 0
 */
public record Viewport(double row0, double column0, double rows, double columns) {

  /** Checks the size. */
  public Viewport {
    if (!(rows > 0 && columns > 0) || !Double.isFinite(row0 + column0 + rows + columns)) {
      throw new IllegalArgumentException(
          "a viewport needs a size above 0, found %s rows × %s columns".formatted(rows, columns));
    }
  }

  /** The whole matrix. */
  public static Viewport all(Matrix matrix) {
    return new Viewport(0, 0, matrix.rows(), matrix.columns());
  }

  /** Moved by a number of cells. */
  public Viewport moved(double byRows, double byColumns) {
    return new Viewport(row0 + byRows, column0 + byColumns, rows, columns);
  }

  /**
   * Zoomed about a fixed point.
   *
   * @param factor above 1 shows fewer, larger cells
   * @param row the row (with fraction) that stays where it is
   * @param column the column that stays where it is
   */
  public Viewport zoomed(double factor, double row, double column) {
    return new Viewport(
        row - (row - row0) / factor,
        column - (column - column0) / factor,
        rows / factor,
        columns / factor);
  }
}
