package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.PatchMap;
import dev.headlight.app.visual.VisualChoice.Style;
import java.util.stream.IntStream;

/**
 * Paints a picture with a map over it. Strength of the colour follows the value, so that the
 * picture stays to be seen where nobody looks.
 */
public final class OverlayPainter {
  private final Picture picture;
  private final PatchView view;
  private final Style style;
  private final double alpha;
  private final double most;

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
    CellAxis across =
        CellAxis.of(0, width, (double) width / picture.width(), 0, 1, picture.width(), true);
    CellAxis down =
        CellAxis.of(from, to, (double) height / picture.height(), 0, 1, picture.height(), true);
    IntStream.range(0, to - from)
        .parallel()
        .forEach(line -> ground(argb, across, down, line, line * width));
    if (view != null && most > 0) {
      for (int part : view.parts()) {
        over(argb, width, height, from, to, part);
      }
    }
    if (view != null && view.cut()) {
      new TileEdges(view, width, height).paint(argb, from, to);
    }
    return argb;
  }

  /** A line of the picture, its pixels mixed of four. */
  private void ground(int[] argb, CellAxis across, CellAxis down, int line, int at) {
    byte[] rgb = picture.rgb();
    int upper = 3 * picture.width() * down.low()[line];
    int lower = 3 * picture.width() * down.high()[line];
    double below = down.share()[line];
    for (int x = 0; x < across.length(); x++) {
      int left = 3 * across.low()[x];
      int right = 3 * across.high()[x];
      double beside = across.share()[x];
      int colour = 0xff;
      for (int c = 0; c < 3; c++) {
        double up = mix(rgb[upper + left + c] & 0xff, rgb[upper + right + c] & 0xff, beside);
        double low = mix(rgb[lower + left + c] & 0xff, rgb[lower + right + c] & 0xff, beside);
        colour = (colour << 8) | (int) (mix(up, low, below) + 0.5);
      }
      argb[at + x] = colour;
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
    boolean mixed = style != Style.PATCHES;
    Region source = tile.source();
    double side = (double) tile.patch() * tile.merge();
    double cellAcross = side * source.width() / tile.width();
    double cellDown = side * source.height() / tile.height();
    CellAxis columns =
        CellAxis.of(left, right + 1, across, source.x(), cellAcross, map.grid().columns(), mixed);
    CellAxis rows =
        CellAxis.of(top, bottom + 1, down, source.y(), cellDown, map.grid().rows(), mixed);
    OverlayLines lines = new OverlayLines(map, columns, rows, style, alpha, most);
    IntStream.range(top, Math.max(top, bottom))
        .parallel()
        .forEach(y -> lines.draw(y - top, argb, (y - from) * width + left));
  }
}
