package dev.headlight.analysis.image;

/**
 * Patches of a picture, or of a tile of it, row by row.
 *
 * @param rows patches from top to bottom, at least 1
 * @param columns patches from left to right, at least 1
 */
public record PatchGrid(int rows, int columns) {
  /** Checks that there is a patch. */
  public PatchGrid {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("a grid of " + rows + " × " + columns + " patches");
    }
  }

  /** Patches of the grid. */
  public int size() {
    return rows * columns;
  }

  /** Number of the patch in this row and column. */
  public int index(int row, int column) {
    return row * columns + column;
  }
}
