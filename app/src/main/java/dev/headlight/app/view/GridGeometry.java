package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import java.util.Optional;

/**
 * Where the thumbnails of the grid stand, in logical pixels.
 *
 * @param layers rows
 * @param heads columns
 * @param cellWidth of a thumbnail
 * @param cellHeight of a thumbnail
 */
record GridGeometry(int layers, int heads, int cellWidth, int cellHeight) {
  static final int GAP = 3;
  static final int LEFT = 30;
  static final int TOP = 26;
  private static final int SMALLEST = 14;
  private static final int LARGEST = 72;

  /** The largest cells that fit; below the smallest the grid grows beyond its room. */
  static GridGeometry fit(int layers, int heads, double width, double height) {
    int wide = limited((width - LEFT) / heads - GAP);
    int high = limited((height - TOP) / layers - GAP);
    return new GridGeometry(layers, heads, wide, Math.min(wide, high));
  }

  private static int limited(double size) {
    return (int) Math.max(SMALLEST, Math.min(LARGEST, Math.floor(size)));
  }

  int x(int head) {
    return LEFT + head * (cellWidth + GAP);
  }

  int y(int layer) {
    return TOP + layer * (cellHeight + GAP);
  }

  int width() {
    return x(heads);
  }

  int height() {
    return y(layers);
  }

  /** The head under a point; the gap belongs to the cell before it. */
  Optional<Head> at(double x, double y) {
    int head = (int) Math.floor((x - LEFT) / (cellWidth + GAP));
    int layer = (int) Math.floor((y - TOP) / (cellHeight + GAP));
    boolean inside = head >= 0 && head < heads && layer >= 0 && layer < layers;
    return inside ? Optional.of(new Head(layer, head)) : Optional.empty();
  }

  /** Every how many rows a number fits. */
  int labelledEvery(double size, double room) {
    int stride = 1;
    while (stride * size < room) {
      stride *= 2;
    }
    return stride;
  }
}
