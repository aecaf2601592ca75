package dev.headlight.analysis.image;

import java.util.List;

/**
 * What a processor made of pictures, as the model takes it.
 *
 * @param values {@code pixel_values}, row-major: {@code [N, 3, height, width]}; of tiles {@code [N,
 *     tiles, 3, height, width]}; of Qwen2-VL {@code [patches, channels · time · patch · patch]}
 * @param shape its axes
 * @param mask {@code pixel_attention_mask}, {@code [N, tiles, height, width]}, true where there is
 *     picture; null where the processor makes none
 * @param grids {@code image_grid_thw} of Qwen2-VL, one {@code [time, rows, columns]} a picture;
 *     empty elsewhere
 */
public record Pixels(float[] values, long[] shape, boolean[] mask, List<int[]> grids) {
  /** Copies the list and checks that the values fill the axes. */
  public Pixels {
    grids = List.copyOf(grids);
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    if (size != values.length) {
      throw new IllegalArgumentException(size + " pixel values expected, " + values.length);
    }
  }

  /** Pixel values without tiles, masks or grids. */
  public Pixels(float[] values, long... shape) {
    this(values, shape, null, List.of());
  }
}
