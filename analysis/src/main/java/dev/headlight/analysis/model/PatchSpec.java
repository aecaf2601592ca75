package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;

/**
 * How a tower cuts pictures, and what stands before the patches. Its tokens are the class tokens,
 * the registers, then the patches row by row.
 *
 * @param channels of a picture
 * @param size sides of a patch, in pixels
 * @param time frames that a patch spans; 1 but in Qwen2-VL
 * @param trained grid of the position table
 * @param classes tokens that have a row of the position table before the patches' (class,
 *     distillation)
 * @param registers tokens without positions between these and the patches
 */
public record PatchSpec(
    int channels, int size, int time, PatchGrid trained, int classes, int registers) {

  /** Tokens before the patches. */
  public int before() {
    return classes + registers;
  }

  /** Numbers of a patch. */
  public int numbers() {
    return channels * time * size * size;
  }

  /** The patches of a picture; what is left at the right and below is not read. */
  public PatchGrid grid(long height, long width) {
    return new PatchGrid((int) (height / size), (int) (width / size));
  }
}
