package dev.headlight.renderer.figure;

/**
 * Writes the cells of maps as filled rectangles where they are large enough; smaller ones look
 * better and cost less as a picture (docs/decisions/0013).
 */
final class PdfCells {
  /** Smallest cell in points; viewers blend the edges of smaller ones into a lattice. */
  private static final double SMALLEST = 3;

  private static final int MOST_RECTANGLES = 150_000;

  private int written;

  /**
   * Writes the cells of a picture, or nothing if they are too small or too many.
   *
   * @return whether they were written
   */
  boolean draw(Box box, Pixels pixels, StringBuilder out) {
    int rows = pixels.rows();
    int columns = pixels.columns();
    boolean large = box.width() >= SMALLEST * columns && box.height() >= SMALLEST * rows;
    if (!large || written + (long) rows * columns > MOST_RECTANGLES) {
      return false;
    }
    out.append(
        "q %s 0 0 %s %s %s cm\n"
            .formatted(
                PdfSurface.number(box.width() / columns),
                PdfSurface.number(box.height() / rows),
                PdfSurface.number(box.x()),
                PdfSurface.number(box.y())));
    int[] argb = pixels.argb(columns, rows);
    for (int row = 0; row < rows; row++) {
      row(argb, row, rows, columns, out);
    }
    out.append("Q\n");
    return true;
  }

  /**
   * Neighbours of one colour are one rectangle. Each reaches one cell further right and down, where
   * later ones cover it: else the ground would shine through between them.
   */
  private void row(int[] argb, int row, int rows, int columns, StringBuilder out) {
    int height = row + 1 < rows ? 2 : 1;
    int start = 0;
    for (int column = 1; column <= columns; column++) {
      int colour = argb[row * columns + start];
      boolean last = column == columns;
      if (last || argb[row * columns + column] != colour) {
        out.append(PdfSurface.rgb(colour)).append(" rg ");
        out.append("%d %d ".formatted(start, row));
        out.append("%d %d re f\n".formatted(column - start + (last ? 0 : 1), height));
        start = column;
        written++;
      }
    }
  }
}
