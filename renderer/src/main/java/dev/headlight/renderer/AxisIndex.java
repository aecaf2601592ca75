package dev.headlight.renderer;

/**
 * For each pixel along one axis the half-open range of cells under it: disjoint ranges that cover
 * every visible cell when cells are smaller than pixels, the nearest cell when they are larger, and
 * an empty range beyond the matrix.
 */
final class AxisIndex {
  private final int[] start;
  private final int[] end;

  private AxisIndex(int pixels) {
    start = new int[pixels];
    end = new int[pixels];
  }

  /**
   * @param first left (upper) edge of the view in cells
   * @param extent width (height) of the view in cells
   * @param count number of cells of the matrix
   * @param pixels number of pixels
   */
  static AxisIndex of(double first, double extent, int count, int pixels) {
    AxisIndex axis = new AxisIndex(pixels);
    double step = extent / pixels;
    for (int i = 0; i < pixels; i++) {
      if (step <= 1) {
        int cell = (int) Math.floor(first + (i + 0.5) * step);
        axis.set(i, cell, cell + 1, count);
      } else {
        int from = (int) Math.floor(first + i * step);
        double edge = first + (i + 1) * step;
        int to = (int) (i == pixels - 1 ? Math.ceil(edge - 1e-6) : Math.floor(edge));
        axis.set(i, from, Math.max(from + 1, to), count);
      }
    }
    return axis;
  }

  /** Blocks of {@code size} cells side by side; the last one may be shorter. */
  static AxisIndex blocks(int count, int size) {
    AxisIndex axis = new AxisIndex((count + size - 1) / size);
    for (int i = 0; i < axis.length(); i++) {
      axis.set(i, i * size, (i + 1) * size, count);
    }
    return axis;
  }

  /** All cells in at most {@code most} shares that differ by one cell at most. */
  static AxisIndex shares(int count, int most) {
    int shares = Math.min(count, most);
    AxisIndex axis = new AxisIndex(shares);
    for (int i = 0; i < shares; i++) {
      axis.set(i, (int) ((long) i * count / shares), (int) ((i + 1L) * count / shares), count);
    }
    return axis;
  }

  private void set(int pixel, int from, int to, int count) {
    start[pixel] = Math.min(count, Math.max(0, from));
    end[pixel] = Math.max(start[pixel], Math.min(count, to));
  }

  int length() {
    return start.length;
  }

  int start(int pixel) {
    return start[pixel];
  }

  int end(int pixel) {
    return end[pixel];
  }

  boolean outside(int pixel) {
    return start[pixel] == end[pixel];
  }

  boolean sameAsBefore(int pixel) {
    return pixel > 0 && start[pixel] == start[pixel - 1] && end[pixel] == end[pixel - 1];
  }

  /** First cell of all pixels. */
  int first() {
    return start[0];
  }

  /** One past the last cell of all pixels. */
  int last() {
    return end[end.length - 1];
  }
}
