package dev.headlight.app.view;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.app.workbench.GridColour;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.Viewport;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Paints the thumbnails of all heads into one picture, on any thread. */
final class GridPainter {
  /**
   * What to paint.
   *
   * @param statistics of every head
   * @param geometry where the cells stand
   * @param density device pixels a logical pixel
   * @param colour what a cell shows
   * @param scale of maps
   * @param palette colours
   */
  record Order(
      HeadStatistics statistics,
      GridGeometry geometry,
      double density,
      GridColour colour,
      ValueScale scale,
      Palette palette) {
    int px(int logical) {
      return (int) Math.round(logical * density);
    }
  }

  /**
   * A finished picture of the cells, without the numbers around them.
   *
   * @param argb pixels
   * @param width in pixels
   * @param height in pixels
   */
  record Picture(int[] argb, int width, int height) {}

  private GridPainter() {}

  static Picture paint(Order order, Progress progress) {
    GridGeometry g = order.geometry();
    int width = order.px(g.width() - GridGeometry.LEFT);
    int height = order.px(g.height() - GridGeometry.TOP);
    int[] argb = new int[width * height];
    double limit = order.colour() == GridColour.MAP ? 1 : limit(order);
    IntStream.range(0, g.layers())
        .parallel()
        .filter(layer -> !progress.cancelled())
        .forEach(layer -> paintLayer(order, layer, limit, argb, width));
    progress.check();
    return new Picture(argb, width, height);
  }

  private static void paintLayer(Order order, int layer, double limit, int[] argb, int stride) {
    GridGeometry g = order.geometry();
    int width = order.px(g.cellWidth());
    int height = order.px(g.cellHeight());
    for (int head = 0; head < g.heads(); head++) {
      int[] cell = cell(order, layer, head, limit, width, height);
      int at =
          order.px(g.y(layer) - GridGeometry.TOP) * stride
              + order.px(g.x(head) - GridGeometry.LEFT);
      for (int y = 0; y < height; y++) {
        System.arraycopy(cell, y * width, argb, at + y * stride, width);
      }
    }
  }

  private static int[] cell(Order order, int layer, int head, double limit, int width, int height) {
    if (order.colour() != GridColour.MAP) {
      int[] flat = new int[width * height];
      float value = HeadStatistics.at(table(order.statistics(), order.colour()), layer, head);
      boolean known = !Float.isNaN(value);
      Arrays.fill(
          flat, known ? order.palette().map().argb(value / limit) : order.palette().masked());
      return flat;
    }
    Matrix thumbnail = thumbnail(order, layer, head);
    // Key 0 is left out of the cells already: pooled with others it has no column of its own.
    ValueScale scale = order.scale().withHideColumn0(false);
    return HeatmapPainter.paint(
        thumbnail, Viewport.all(thumbnail), scale, order.palette(), width, height);
  }

  private static Matrix thumbnail(Order order, int layer, int head) {
    Tensor all = order.statistics().thumbnails();
    int side = all.size(2);
    if (order.scale().hideColumn0()) {
      Tensor without = order.statistics().thumbnailBeyondFirst(layer, head);
      return Matrix.of(side, side, without.data());
    }
    return Matrix.of(side, side, all.data(), (layer * all.size(1) + head) * side * side);
  }

  /** One number a head, {@code [L, H]}. */
  static Tensor table(HeadStatistics statistics, GridColour colour) {
    return switch (colour) {
      case ENTROPY -> statistics.entropy();
      case FIRST -> statistics.firstShare();
      case PREVIOUS -> statistics.previousShare();
      case DISTANCE -> statistics.distance();
      case MAP -> throw new IllegalArgumentException("a map is no number");
    };
  }

  /** The number that gets the last colour: 1 for shares, else the largest of all heads. */
  static double limit(HeadStatistics statistics, GridColour colour) {
    if (colour.unit().isEmpty()) {
      return 1;
    }
    float max = 0;
    for (float value : table(statistics, colour).data()) {
      max = value > max ? value : max;
    }
    return max > 0 ? max : 1;
  }

  private static double limit(Order order) {
    return limit(order.statistics(), order.colour());
  }

  /** The scale of a grid's legend. */
  static ValueScale legend(HeadStatistics statistics, GridColour colour, ValueScale maps) {
    return colour == GridColour.MAP
        ? maps
        : ValueScale.of(ValueScale.Kind.LINEAR, 0, limit(statistics, colour));
  }

  /** The map of colours of the default palette. */
  static ColorMap colours() {
    return ColorMap.viridis();
  }
}
