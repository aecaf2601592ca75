package dev.headlight.app.view;

import dev.headlight.app.engine.HeadMap;
import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;

/** Paints the window of a map, on any thread: the coarse whole, then the exact part over it. */
final class MapPainter {
  /**
   * What to paint.
   *
   * @param map the whole, exact or pooled
   * @param tile an exact part, or null
   * @param window what is on view
   * @param scale from value to colour
   * @param palette colours
   * @param side pixels along each side
   */
  record Order(
      HeadMap map, HeadMap tile, MapWindow window, ValueScale scale, Palette palette, int side) {}

  private MapPainter() {}

  static int[] paint(Order order) {
    int[] argb = paint(order, order.map());
    HeadMap tile = order.tile();
    if (order.map().exact() || tile == null || !tile.of().equals(order.map().of())) {
      return argb;
    }
    int[] fine = paint(order, tile);
    for (int i = 0; i < argb.length; i++) {
      argb[i] = fine[i] == 0 ? argb[i] : fine[i];
    }
    return argb;
  }

  /** Hiding the first key means its column only where the part starts with it. */
  private static int[] paint(Order order, HeadMap part) {
    boolean hide = order.scale().hideColumn0() && part.column0() == 0;
    return HeatmapPainter.paint(
        part.cells(),
        order.window().over(part.row0(), part.column0(), part.block()),
        order.scale().withHideColumn0(hide),
        order.palette(),
        order.side(),
        order.side());
  }
}
