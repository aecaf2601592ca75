package dev.headlight.app.view;

import dev.headlight.app.workbench.Cell;
import java.util.List;
import java.util.Optional;

/**
 * Where the plot of a map stands in its region, in logical pixels.
 *
 * @param x left edge of the plot
 * @param y upper edge of the plot
 * @param side of the square plot
 * @param longest room of a token's label; longer ones are cut, 0 for no labels
 */
record MapLayout(double x, double y, double side, double longest) {
  private static final double LONGEST = 84;
  private static final double SHORTEST = 36;

  /** What labels beside the rows may take of a region's width. */
  private static final double SHARE = 0.17;

  /** Least distance of labels that stand beside rows, and of those that lie above columns. */
  static final double ROW_LINE = 9.5;

  static final double COLUMN_LINE = 8.6;
  private static final double SINE = Math.sin(Math.toRadians(60));
  private static final double COSINE = 0.5;
  private static final double LEAST_RIGHT = 6;

  /** Left of a plot without labels beside its rows. */
  private static final double NO_ROWS = 4;

  private static final double SMALLEST = 60;
  private static final double LARGEST_CELL = 64;
  private static final int MEASURED = 400;

  /** Room below the plot: the name of its axis and the scale. */
  static final double BELOW = 62;

  /** The largest plot that leaves room for labels at its left and top. */
  static MapLayout fit(double width, double height, List<String> labels) {
    return fit(width, height, labels, 0);
  }

  /**
   * The same with something beside the plot.
   *
   * @param beside pixels at the right, under the ends of slanted labels
   */
  static MapLayout fit(double width, double height, List<String> labels, double beside) {
    double longest = longest(labels, width);
    return fit(width, height, labels, beside, longest, rowRoom(longest));
  }

  /**
   * One of several plots of the same tokens.
   *
   * @param longest room of a label
   * @param rows whether labels stand beside the rows too, or over the columns alone
   */
  static MapLayout fit(
      double width, double height, List<String> labels, double longest, boolean rows) {
    return fit(width, height, labels, 0, longest, rows ? rowRoom(longest) : NO_ROWS);
  }

  private static MapLayout fit(
      double width, double height, List<String> labels, double beside, double longest, double x) {
    double y = longest == 0 ? 0 : Math.ceil(longest * SINE + ROW_LINE + 4);
    double slanted = overhang(labels, (width - x - beside) / labels.size(), longest);
    double right = Math.max(slanted, beside > 0 ? beside : LEAST_RIGHT);
    double side = Math.floor(Math.min(width - x - right, height - y - BELOW));
    return new MapLayout(x, y, Math.max(SMALLEST, whole(side, labels.size())), longest);
  }

  /** Room beside rows whose longest label has a length. */
  static double rowRoom(double longest) {
    return Math.ceil(longest + 10);
  }

  /** Length of the longest label, as far as a region of a width has room for it. */
  static double longest(List<String> labels, double width) {
    double longest = 24;
    int stride = Math.max(1, labels.size() / MEASURED);
    for (int i = 0; i < labels.size(); i += stride) {
      longest = Math.max(longest, FxFonts.railWidth(labels.get(i)));
    }
    return Math.min(Math.max(SHORTEST, Math.min(LONGEST, SHARE * width)), longest);
  }

  /** How far the last slanted labels reach beyond the plot. */
  private static double overhang(List<String> labels, double cell, double longest) {
    double right = LEAST_RIGHT;
    for (int i = labels.size() - 1; i >= 0 && labels.size() - i < longest / cell + 1; i--) {
      double width = Math.min(longest, FxFonts.railWidth(labels.get(i)));
      right = Math.max(right, width * COSINE - (labels.size() - i - 0.5) * cell);
    }
    return Math.ceil(right);
  }

  /** Whole pixels a cell where that costs little: even cells are easier to read. */
  private static double whole(double side, int length) {
    double snapped = Math.floor(side / length) * length;
    boolean loses = snapped < ROW_LINE * length && side >= ROW_LINE * length; // Its labels.
    boolean even = snapped >= 0.9 * side && !loses;
    return Math.min(even ? snapped : side, LARGEST_CELL * length);
  }

  /** The cell under a point of the region. */
  Optional<Cell> cell(MapWindow window, double px, double py) {
    boolean inside = px >= x && py >= y && px < x + side && py < y + side;
    return inside
        ? Optional.of(new Cell((int) row(window, py), (int) column(window, px)))
        : Optional.empty();
  }

  double row(MapWindow window, double py) {
    return window.row0() + (py - y) / side * window.span();
  }

  double column(MapWindow window, double px) {
    return window.column0() + (px - x) / side * window.span();
  }

  double xOf(MapWindow window, double column) {
    return x + (column - window.column0()) / window.span() * side;
  }

  double yOf(MapWindow window, double row) {
    return y + (row - window.row0()) / window.span() * side;
  }
}
