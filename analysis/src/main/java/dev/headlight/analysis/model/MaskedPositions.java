package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;

/**
 * Positions of the patches of a padded picture (NaViT, as Idefics 3 was trained): the rows and
 * columns that hold picture are spread over the whole table.
 */
final class MaskedPositions {
  private MaskedPositions() {}

  /**
   * Rows of the position table, one a patch; 0 for patches that hold nothing.
   *
   * @param trained grid of the table
   * @param grid of the picture with its padding, which lies to the right and below
   * @param mask which patches hold picture
   */
  static int[] ids(PatchGrid trained, PatchGrid grid, boolean[] mask) {
    int rows = 0;
    while (rows < grid.rows() && mask[grid.index(rows, 0)]) {
      rows++;
    }
    int columns = 0;
    while (columns < grid.columns() && mask[columns]) {
      columns++;
    }
    int[] ids = new int[grid.size()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        ids[grid.index(row, column)] =
            trained.index(row * trained.rows() / rows, column * trained.columns() / columns);
      }
    }
    return ids;
  }
}
