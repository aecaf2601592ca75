package dev.headlight.app.visual;

import dev.headlight.analysis.vision.PatchMap;
import dev.headlight.app.visual.VisualChoice.Style;
import dev.headlight.renderer.ColorMap;

/** A map laid over the lines of a painted picture, line by line; several threads may draw. */
final class OverlayLines {
  /** Part of the strength that a patch has whatever its value. */
  private static final double GROUND = 0.35;

  private static final double[] LEVELS = {0.25, 0.5, 0.75};
  private static final int LINE = 0xffffffff;
  private static final double LINE_SHARE = 0.85;
  private static final int[] COLOURS = ColorMap.viridis().toArray();

  private final PatchMap map;
  private final CellAxis across;
  private final CellAxis down;
  private final Style style;
  private final double alpha;
  private final double most;

  /**
   * @param across pixels of a line, and one beyond
   * @param down lines, and one beyond
   * @param most value of the strongest colour, above 0
   */
  OverlayLines(
      PatchMap map, CellAxis across, CellAxis down, Style style, double alpha, double most) {
    this.map = map;
    this.across = across;
    this.down = down;
    this.style = style;
    this.alpha = alpha;
    this.most = most;
  }

  /**
   * Draws a line.
   *
   * @param line number of the line
   * @param argb the picture, drawn over
   * @param at its first pixel
   */
  void draw(int line, int[] argb, int at) {
    double[] here = values(line);
    if (style == Style.CONTOUR) {
      contour(here, values(line + 1), argb, at);
      return;
    }
    for (int x = 0; x < here.length - 1; x++) {
      argb[at + x] = colour(argb[at + x], here[x]);
    }
  }

  /** Values over the largest along a line; NaN beside the grid and where a patch was left out. */
  private double[] values(int line) {
    double[] values = new double[across.length()];
    double[] row = row(line);
    for (int x = 0; x < values.length; x++) {
      double low = row[across.low()[x]];
      values[x] =
          across.inside()[x] && down.inside()[line]
              ? low + across.share()[x] * (row[across.high()[x]] - low)
              : Double.NaN;
    }
    return values;
  }

  /** The cells of a line, mixed of two rows where the style mixes. */
  private double[] row(int line) {
    int columns = map.grid().columns();
    double[] row = new double[columns];
    for (int column = 0; column < columns; column++) {
      double low = cell(down.low()[line], column);
      row[column] = low + down.share()[line] * (cell(down.high()[line], column) - low);
    }
    return row;
  }

  private double cell(int row, int column) {
    double value = map.values()[map.grid().index(row, column)] / most;
    return Double.isNaN(value) && style != Style.PATCHES ? 0 : value;
  }

  private void contour(double[] here, double[] below, int[] argb, int at) {
    int next = band(here[0]);
    for (int x = 0; x < here.length - 1; x++) {
      int band = next;
      next = band(here[x + 1]);
      int tinted = band == 0 ? argb[at + x] : colour(argb[at + x], here[x]);
      boolean edge = band != next || band != band(below[x]);
      argb[at + x] = edge ? blend(argb[at + x], LINE, LINE_SHARE) : tinted;
    }
  }

  private static int band(double position) {
    int band = 0;
    for (double level : LEVELS) {
      band += position >= level ? 1 : 0;
    }
    return band;
  }

  private int colour(int ground, double value) {
    if (Double.isNaN(value)) {
      return ground;
    }
    double position = Math.max(0, Math.min(1, value));
    int colour = COLOURS[(int) (position * (ColorMap.SIZE - 1) + 0.5)];
    return blend(ground, colour, alpha * (GROUND + (1 - GROUND) * position));
  }

  /** A colour over another, opaque. */
  static int blend(int ground, int over, double share) {
    int red = mixed(ground >> 16 & 0xff, over >> 16 & 0xff, share);
    int green = mixed(ground >> 8 & 0xff, over >> 8 & 0xff, share);
    return 0xff000000 | red << 16 | green << 8 | mixed(ground & 0xff, over & 0xff, share);
  }

  private static int mixed(int a, int b, double share) {
    return (int) (a + share * (b - a) + 0.5);
  }
}
