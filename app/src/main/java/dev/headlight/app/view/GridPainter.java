package dev.headlight.app.view;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import java.util.Set;
import java.util.stream.IntStream;

/** Paints the cells of a part of the grid into one picture, on any thread. */
final class GridPainter {
  /** How much is left of heads that the filter holds back, of 255. */
  private static final int FAINT = 40;

  /**
   * A part of the grid, in logical pixels.
   *
   * @param x from the grid's left
   * @param y from its top
   */
  record Part(int x, int y, int width, int height) {
    boolean holds(Part other) {
      return x <= other.x
          && y <= other.y
          && x + width >= other.x + other.width
          && y + height >= other.y + other.height;
    }
  }

  /**
   * What to paint.
   *
   * @param geometry where the cells stand
   * @param part which of them
   * @param density device pixels a logical pixel
   * @param fill what a cell shows
   * @param clear the heads that the filter lets through; others are faint
   */
  record Order(GridGeometry geometry, Part part, double density, GridFill fill, Set<Head> clear) {
    int px(int logical) {
      return (int) Math.round(logical * density);
    }
  }

  /**
   * A finished picture.
   *
   * @param argb pixels, their colours multiplied by their opacity
   * @param width in pixels
   * @param height in pixels
   */
  record Picture(int[] argb, int width, int height) {}

  private GridPainter() {}

  static Picture paint(Order order, Progress progress) {
    GridGeometry g = order.geometry();
    Part part = order.part();
    int width = order.px(part.x() + part.width()) - order.px(part.x());
    int height = order.px(part.y() + part.height()) - order.px(part.y());
    Picture picture = new Picture(new int[width * height], width, height);
    int first = Math.max(0, part.y() / g.stepY());
    int last = Math.min(g.rows(), (part.y() + part.height()) / g.stepY() + 1);
    IntStream.range(first, last)
        .parallel()
        .filter(row -> !progress.cancelled())
        .forEach(row -> paintRow(order, row, picture));
    progress.check();
    return picture;
  }

  private static void paintRow(Order order, int row, Picture picture) {
    GridGeometry g = order.geometry();
    Part part = order.part();
    int from = row * g.columns();
    int to = Math.min(g.heads().size(), from + g.columns());
    for (int slot = from; slot < to; slot++) {
      boolean left = g.x(slot) + g.cellWidth() <= part.x();
      boolean right = g.x(slot) >= part.x() + part.width();
      if (!left && !right) {
        paintCell(order, slot, picture);
      }
    }
  }

  private static void paintCell(Order order, int slot, Picture picture) {
    GridGeometry g = order.geometry();
    Head head = g.heads().get(slot);
    int width = order.px(g.cellWidth());
    int height = order.px(g.cellHeight());
    int[] cell = order.fill().cell(head, width, height);
    if (!order.clear().contains(head)) {
      fade(cell);
    }
    int left = order.px(g.x(slot)) - order.px(order.part().x());
    int top = order.px(g.y(slot)) - order.px(order.part().y());
    int x0 = Math.max(0, -left);
    int x1 = Math.min(width, picture.width() - left);
    for (int y = Math.max(0, -top); y < Math.min(height, picture.height() - top); y++) {
      int at = (top + y) * picture.width() + left + x0;
      System.arraycopy(cell, y * width + x0, picture.argb(), at, x1 - x0);
    }
  }

  private static void fade(int[] argb) {
    for (int i = 0; i < argb.length; i++) {
      int rb = (((argb[i] & 0xff00ff) * FAINT) >>> 8) & 0xff00ff;
      int g = (((argb[i] & 0xff00) * FAINT) >>> 8) & 0xff00;
      argb[i] = (FAINT << 24) | rb | g;
    }
  }
}
