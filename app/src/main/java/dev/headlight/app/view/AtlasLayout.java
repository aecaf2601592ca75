package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;

/**
 * Where the small grids of an atlas stand: one for each score, layers down and heads to the right,
 * all of one size, in as many columns as make the cells largest.
 *
 * @param count number of grids
 * @param layers rows of cells of each
 * @param heads columns of cells of each
 * @param columns grids side by side
 * @param stepX from one grid to the next
 * @param stepY from one row of grids to the next
 * @param cellWidth width of a cell with its gap
 * @param cellHeight height of a cell with its gap
 */
record AtlasLayout(
    int count,
    int layers,
    int heads,
    int columns,
    double stepX,
    double stepY,
    double cellWidth,
    double cellHeight) {
  /** Room for a grid's title, two lines. */
  static final int TITLE = 30;

  private static final int GAP = 10;
  private static final int WIDEST = 26;
  private static final int HIGHEST = 14;
  private static final int NARROWEST_GRID = 92;
  private static final int LOWEST = 2;
  private static final int READABLE = 12;

  /** Least height of the cells of a grid, however few layers it has. */
  private static final int SMALLEST_GRID = 36;

  /** Height of the cells of a grid that is easily read. */
  private static final int GRID = 120;

  /** A score's place in the list, and a head. */
  record Place(int grid, Head head) {}

  /** The least height that so many grids need at a width. */
  static double least(int count, int layers, double width) {
    int columns = most(count, width);
    int rows = (count + columns - 1) / columns;
    return rows * (TITLE + GAP + Math.max(LOWEST * (double) layers, SMALLEST_GRID));
  }

  /** The height at which grids of a width are easily read. */
  static double roomy(int count, int layers, double width) {
    int columns = most(count, width);
    int rows = (count + columns - 1) / columns;
    double cell = Math.max(LOWEST + 1, Math.min(READABLE, (double) GRID / layers));
    return rows * (TITLE + GAP + cell * layers);
  }

  private static int most(int count, double width) {
    return Math.max(1, Math.min(count, (int) (width / NARROWEST_GRID)));
  }

  /**
   * The layout of so many grids in a room.
   *
   * @param height at least the {@link #least}
   */
  static AtlasLayout of(int count, int layers, int heads, double width, double height) {
    AtlasLayout best = null;
    for (int columns = most(count, width); columns >= 1; columns--) {
      double stepX = width / columns;
      int rows = (count + columns - 1) / columns;
      double room = Math.floor(height / rows) - TITLE - GAP;
      double cellWidth = Math.max(1, Math.min(WIDEST, (stepX - GAP) / heads));
      double cellHeight = Math.min(HIGHEST, room / layers);
      if (best == null || (cellHeight >= LOWEST && size(cellWidth, cellHeight) > best.size())) {
        double high = Math.max(LOWEST, cellHeight);
        double stepY = TITLE + GAP + high * layers;
        best = new AtlasLayout(count, layers, heads, columns, stepX, stepY, cellWidth, high);
      }
    }
    return best;
  }

  /** Large and not too far from square. */
  private static double size(double width, double height) {
    return Math.min(Math.max(0, width), 3 * height) * Math.min(Math.max(0, height), 3 * width);
  }

  private double size() {
    return size(cellWidth, cellHeight);
  }

  double x(int grid) {
    return grid % columns * stepX;
  }

  double y(int grid) {
    int row = grid / columns;
    return row * stepY;
  }

  /** The cell at a point; null for none. */
  Place at(double x, double y) {
    int column = (int) (x / stepX);
    int row = (int) (y / stepY);
    int grid = row * columns + column;
    if (x < 0 || y < 0 || column >= columns || grid >= count) {
      return null;
    }
    int head = (int) ((x - x(grid)) / cellWidth);
    int layer = (int) Math.floor((y - y(grid) - TITLE) / cellHeight);
    boolean inside = head < heads && layer >= 0 && layer < layers;
    return inside ? new Place(grid, new Head(layer, head)) : null;
  }

  /** The grid whose title or cells are at a point; negative for none. */
  int grid(double x, double y) {
    int column = (int) (x / stepX);
    int row = (int) (y / stepY);
    int grid = row * columns + column;
    return x < 0 || y < 0 || column >= columns || grid >= count ? -1 : grid;
  }
}
