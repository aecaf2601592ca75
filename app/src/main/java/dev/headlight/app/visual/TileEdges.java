package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.Region;

/** Lines where the processor cut a picture: a light one with a dark one beside it. */
final class TileEdges {
  private static final int LIGHT = 0xff;
  private static final int DARK = 0x22;
  private static final double SHARE = 0.75;

  private final PatchView view;
  private final int width;
  private final int height;

  /**
   * @param view whose parts stand side by side
   * @param width pixels of the painted picture
   * @param height pixels of the painted picture
   */
  TileEdges(PatchView view, int width, int height) {
    this.view = view;
    this.width = width;
    this.height = height;
  }

  /** Draws on lines {@code [from, to)} of the picture. */
  void paint(int[] argb, int from, int to) {
    view.parts().forEach(part -> paint(argb, from, to, part));
  }

  /** The left and upper edge of a tile. */
  private void paint(int[] argb, int from, int to, int part) {
    Picture picture = view.picture();
    Region tile = view.tile(part).source().within(picture.width(), picture.height());
    double across = (double) width / picture.width();
    double down = (double) height / picture.height();
    int left = (int) Math.round(tile.x() * across);
    int right = (int) Math.round((tile.x() + tile.width()) * across);
    int top = (int) Math.round(tile.y() * down);
    int bottom = (int) Math.round((tile.y() + tile.height()) * down);
    for (int y = Math.max(from, top); y < Math.min(to, bottom) && left > 1 && left < width; y++) {
      blend(argb, (y - from) * width + left, LIGHT);
      blend(argb, (y - from) * width + left - 1, DARK);
    }
    if (top > 1) {
      line(argb, top - from, to - from, left, right, LIGHT);
      line(argb, top - 1 - from, to - from, left, right, DARK);
    }
  }

  private void line(int[] argb, int row, int rows, int left, int right, int grey) {
    for (int x = left; x < right && row >= 0 && row < rows; x++) {
      blend(argb, row * width + x, grey);
    }
  }

  private static void blend(int[] argb, int at, int grey) {
    int out = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int below = (argb[at] >> shift) & 0xff;
      out = (out << 8) | (int) (below + SHARE * (grey - below) + 0.5);
    }
    argb[at] = out;
  }
}
