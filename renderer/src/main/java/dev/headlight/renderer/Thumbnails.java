package dev.headlight.renderer;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Small pictures of whole heads. Pooling (which depends on the kind of scale) and colouring (which
 * depends on limits and palette as well) are separate, so that a change of theme costs no pooling.
 */
public final class Thumbnails {
  private Thumbnails() {}

  /**
   * Pools a head to at most {@code size} × {@code size} cells.
   *
   * @param head [rows, columns]
   * @param size at least 1; shorter sides stay as they are
   * @param scale decides on maximum or magnitude, row-wise scaling and the hidden first key
   * @return [min(rows, size), min(columns, size)], NaN where everything is masked or hidden
   */
  public static Matrix pool(Matrix head, int size, ValueScale scale) {
    if (size < 1) {
      throw new IllegalArgumentException("a thumbnail needs a size of at least 1, found " + size);
    }
    return Source.of(head, scale)
        .pooled(AxisIndex.shares(head.rows(), size), AxisIndex.shares(head.columns(), size));
  }

  /** Pools many heads, in parallel; the order stays. */
  public static List<Matrix> poolAll(List<Matrix> heads, int size, ValueScale scale) {
    return IntStream.range(0, heads.size())
        .parallel()
        .mapToObj(i -> pool(heads.get(i), size, scale))
        .toList();
  }

  /**
   * Colours a pooled head, one pixel a cell.
   *
   * @param pooled from {@link #pool} with a scale of the same kind
   * @return [rows, columns] 0xAARRGGBB
   */
  public static int[] colour(Matrix pooled, ValueScale scale, Palette palette) {
    int[] argb = new int[pooled.rows() * pooled.columns()];
    new Colouring(scale.afterPooling(), palette)
        .colour(pooled.cells(), pooled.at(0), argb.length, argb, 0);
    return argb;
  }

  /** Colours many pooled heads, in parallel; the order stays. */
  public static List<int[]> colourAll(List<Matrix> pooled, ValueScale scale, Palette palette) {
    return IntStream.range(0, pooled.size())
        .parallel()
        .mapToObj(i -> colour(pooled.get(i), scale, palette))
        .toList();
  }
}
