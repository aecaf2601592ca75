package dev.headlight.app.visual;

/**
 * Where pixels of the screen lie along one side of a grid of cells.
 *
 * @param low cell under each pixel, or the lower of the two between whose middles it lies when
 *     values are mixed
 * @param high the other of the two
 * @param share of the other, 0 to 1
 * @param inside whether the pixel lies on the grid
 */
record CellAxis(int[] low, int[] high, double[] share, boolean[] inside) {
  /**
   * Pixels {@code [from, to)}.
   *
   * @param scale pixels of the screen a pixel of the picture
   * @param source pixel of the picture at which the grid begins
   * @param cell pixels of the picture a cell
   * @param cells of the grid
   * @param mixed whether values are mixed between the middles of cells
   */
  static CellAxis of(
      int from, int to, double scale, double source, double cell, int cells, boolean mixed) {
    int count = Math.max(0, to - from);
    CellAxis axis =
        new CellAxis(new int[count], new int[count], new double[count], new boolean[count]);
    for (int i = 0; i < count; i++) {
      double place = ((from + i + 0.5) / scale - source) / cell;
      axis.inside[i] = place >= 0 && place < cells;
      double at = Math.max(0, Math.min(cells - 1.0, mixed ? place - 0.5 : place));
      axis.low[i] = (int) at;
      axis.high[i] = mixed ? Math.min(cells - 1, axis.low[i] + 1) : axis.low[i];
      axis.share[i] = mixed ? at - axis.low[i] : 0;
    }
    return axis;
  }

  int length() {
    return low.length;
  }
}
