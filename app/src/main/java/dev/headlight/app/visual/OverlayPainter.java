package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.PatchMap;
import dev.headlight.app.visual.VisualChoice.Style;
import dev.headlight.renderer.ColorMap;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Paints a picture with a map over it. Strength of the colour follows the value, so that the
 * picture stays to be seen where nobody looks.
 */
public final class OverlayPainter {
  /** Part of the strength that a patch has whatever its value. */
  private static final double GROUND = 0.35;

  private static final double[] LEVELS = {0.25, 0.5, 0.75};
  private static final int LINE = 0xffffffff;
  private static final int SHADOW = 0xff1c2330;
  private static final double EDGE = 0.75;

  private final Picture picture;
  private final PatchView view;
  private final Style style;
  private final double alpha;
  private final double most;
  private final int[] colours = ColorMap.viridis().toArray();

  /**
   * @param view what is laid over the picture; null for nothing
   * @param alpha strength, 0 to 1
   */
  public OverlayPainter(Picture picture, PatchView view, Style style, double alpha) {
    this.picture = picture;
    this.view = view;
    this.style = style;
    this.alpha = alpha;
    this.most = view == null ? 0 : view.largest();
  }

  /** The picture at a size, row by row, opaque. */
  public int[] paint(int width, int height) {
    return paint(width, height, 0, height);
  }

  /** Lines {@code [from, to)} of that. */
  public int[] paint(int width, int height, int from, int to) {
    int[] argb = new int[width * (to - from)];
    IntStream.range(from, to).parallel().forEach(y -> ground(argb, width, height, y, from));
    if (view != null && most > 0) {
      for (int part : view.parts()) {
        over(argb, width, height, from, to, part);
      }
    }
    if (view != null && view.cut()) {
      view.parts().forEach(part -> edges(argb, width, height, from, to, part));
    }
    return argb;
  }

  /** Where the processor cut the picture: the left and upper edge of a tile. */
  private void edges(int[] argb, int width, int height, int from, int to, int part) {
    Region tile = view.tile(part).source().within(picture.width(), picture.height());
    double across = (double) width / picture.width();
    double down = (double) height / picture.height();
    int left = (int) Math.round(tile.x() * across);
    int right = (int) Math.round((tile.x() + tile.width()) * across);
    int top = (int) Math.round(tile.y() * down);
    int bottom = (int) Math.round((tile.y() + tile.height()) * down);
    for (int y = Math.max(from, top); y < Math.min(to, bottom); y++) {
      edge(argb, (y - from) * width, left, width);
    }
    for (int x = left; x < right; x++) {
      for (int line = 0; line < 2 && top > 1; line++) {
        int y = top - line;
        if (y >= from && y < to) {
          int at = (y - from) * width + x;
          argb[at] = blend(argb[at], line == 0 ? LINE : SHADOW, EDGE);
        }
      }
    }
  }

  private static void edge(int[] argb, int row, int left, int width) {
    if (left > 1 && left < width) {
      argb[row + left] = blend(argb[row + left], LINE, EDGE);
      argb[row + left - 1] = blend(argb[row + left - 1], SHADOW, EDGE);
    }
  }

  private void ground(int[] argb, int width, int height, int y, int from) {
    double sy = Math.max(0, (y + 0.5) * picture.height() / height - 0.5);
    int y0 = (int) sy;
    int y1 = Math.min(picture.height() - 1, y0 + 1);
    for (int x = 0; x < width; x++) {
      double sx = Math.max(0, (x + 0.5) * picture.width() / width - 0.5);
      int x0 = (int) sx;
      int x1 = Math.min(picture.width() - 1, x0 + 1);
      int colour = 0xff;
      for (int c = 0; c < 3; c++) {
        double up = mix(picture.at(y0, x0, c), picture.at(y0, x1, c), sx - x0);
        double low = mix(picture.at(y1, x0, c), picture.at(y1, x1, c), sx - x0);
        colour = (colour << 8) | (int) (mix(up, low, sy - y0) + 0.5);
      }
      argb[(y - from) * width + x] = colour;
    }
  }

  private static double mix(double a, double b, double share) {
    return a + share * (b - a);
  }

  private void over(int[] argb, int width, int height, int from, int to, int part) {
    PictureTile tile = view.tile(part);
    PatchMap map = view.map(part);
    Region shown = tile.source().within(picture.width(), picture.height());
    double across = (double) width / picture.width();
    double down = (double) height / picture.height();
    int left = (int) Math.round(shown.x() * across);
    int right = (int) Math.round((shown.x() + shown.width()) * across);
    int top = Math.max(from, (int) Math.round(shown.y() * down));
    int bottom = Math.min(to, (int) Math.round((shown.y() + shown.height()) * down));
    IntStream.range(top, Math.max(top, bottom))
        .parallel()
        .forEach(
            y -> {
              double v = place(y, down, tile.source().y(), tile.source().height(), tile.height());
              double below =
                  place(y + 1, down, tile.source().y(), tile.source().height(), tile.height());
              for (int x = left; x < right; x++) {
                double u = place(x, across, tile.source().x(), tile.source().width(), tile.width());
                double beside =
                    place(x + 1, across, tile.source().x(), tile.source().width(), tile.width());
                int at = (y - from) * width + x;
                double side = (double) tile.patch() * tile.merge();
                argb[at] =
                    style == Style.CONTOUR
                        ? line(argb[at], map, u / side, v / side, beside / side, below / side)
                        : colour(argb[at], value(map, u / side, v / side));
              }
            });
  }

  /** A screen pixel's middle in pixels of a tile. */
  private static double place(
      int pixel, double scale, double source, double extent, double pixels) {
    return ((pixel + 0.5) / scale - source) / extent * pixels;
  }

  private double value(PatchMap map, double u, double v) {
    int rows = map.grid().rows();
    int columns = map.grid().columns();
    if (u < 0 || v < 0 || u >= columns || v >= rows) {
      return Double.NaN;
    }
    if (style == Style.PATCHES) {
      return map.values()[map.grid().index((int) v, (int) u)];
    }
    double y = Math.max(0, Math.min(rows - 1.0, v - 0.5));
    double x = Math.max(0, Math.min(columns - 1.0, u - 0.5));
    int y0 = (int) y;
    int x0 = (int) x;
    int y1 = Math.min(rows - 1, y0 + 1);
    int x1 = Math.min(columns - 1, x0 + 1);
    return mix(
        mix(at(map, y0, x0), at(map, y0, x1), x - x0),
        mix(at(map, y1, x0), at(map, y1, x1), x - x0),
        y - y0);
  }

  private static double at(PatchMap map, int row, int column) {
    float value = map.values()[map.grid().index(row, column)];
    return Float.isNaN(value) ? 0 : value;
  }

  private int colour(int ground, double value) {
    if (Double.isNaN(value)) {
      return ground;
    }
    double position = Math.max(0, Math.min(1, value / most));
    int colour = colours[(int) (position * (ColorMap.SIZE - 1) + 0.5)];
    return blend(ground, colour, alpha * (GROUND + (1 - GROUND) * position));
  }

  private int line(int ground, PatchMap map, double u, double v, double beside, double below) {
    double here = value(map, u, v) / most;
    int band = band(here);
    boolean edge =
        band != band(value(map, beside, v) / most) || band != band(value(map, u, below) / most);
    int tinted = band == 0 ? ground : colour(ground, here * most);
    return edge ? blend(ground, LINE, 0.85) : tinted;
  }

  private static int band(double position) {
    return (int) Arrays.stream(LEVELS).filter(level -> position >= level).count();
  }

  private static int blend(int ground, int over, double share) {
    int out = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double mixed = mix((ground >> shift) & 0xff, (over >> shift) & 0xff, share);
      out = (out << 8) | (int) (mixed + 0.5);
    }
    return out;
  }
}
