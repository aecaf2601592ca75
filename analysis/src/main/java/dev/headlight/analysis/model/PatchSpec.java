package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;

/**
 * How a tower cuts pictures, and what stands before the patches. Its tokens are the class tokens,
 * the registers, then the patches.
 *
 * @param channels of a picture
 * @param size sides of a patch, in pixels
 * @param time frames that a patch spans; 1 but in Qwen2-VL
 * @param trained grid of the position table
 * @param classes tokens that have a row of the position table before the patches' (class,
 *     distillation)
 * @param registers tokens without positions between these and the patches
 * @param block sides of the blocks of patches that stand together, row by row within and among
 *     themselves; 1 where patches stand row by row
 */
public record PatchSpec(
    int channels, int size, int time, PatchGrid trained, int classes, int registers, int block) {

  /** Patches of a still picture, row by row. */
  public PatchSpec(int channels, int size, PatchGrid trained, int classes, int registers) {
    this(channels, size, 1, trained, classes, registers, 1);
  }

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

  /** What a token of the tower is called: {@code cls}, {@code reg0}, {@code r3c7}. */
  public String label(int token, PatchGrid grid) {
    if (token < classes) {
      return token == 0 ? "cls" : "dist";
    }
    int place = token - before();
    return place < 0
        ? "reg" + (token - classes)
        : "r" + row(place, grid) + "c" + column(place, grid);
  }

  /** Row of the patch that stands at this place among the patches of a grid. */
  public int row(int place, PatchGrid grid) {
    int within = place % (block * block);
    return place / (block * block) / (grid.columns() / block) * block + within / block;
  }

  /** Its column. */
  public int column(int place, PatchGrid grid) {
    int within = place % (block * block);
    return place / (block * block) % (grid.columns() / block) * block + within % block;
  }
}
