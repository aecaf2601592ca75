package dev.headlight.analysis.model;

import dev.headlight.analysis.image.PatchGrid;
import java.util.Set;

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
 * @param cut whether the processor cuts the pictures, whose sizes differ
 * @param resampled how the position table is brought to another grid
 * @param windows which patches see each other alone, in some layers
 */
public record PatchSpec(
    int channels,
    int size,
    int time,
    PatchGrid trained,
    int classes,
    int registers,
    int block,
    boolean cut,
    Resampled resampled,
    Windows windows) {
  /** How a position table is brought to another grid. */
  public enum Resampled {
    /** Bicubic. */
    CUBIC,
    /** Bicubic and antialiased (DINOv2 with registers). */
    SMOOTH_CUBIC,
    /** Bilinear and antialiased (SigLIP 2). */
    SMOOTH_LINEAR
  }

  /**
   * Windows that the patches of some layers see nothing beside (Qwen2.5-VL), cut from the top left
   * corner on.
   *
   * @param side of a window, in patches; 0 where all patches see each other
   * @param whole layers whose patches see each other all the same
   */
  public record Windows(int side, Set<Integer> whole) {
    /** All patches see each other in every layer. */
    public static final Windows NONE = new Windows(0, Set.of());

    /** Copies the set. */
    public Windows {
      whole = Set.copyOf(whole);
    }

    /** Whether the patches of a layer see their window alone. */
    public boolean in(int layer) {
      return side > 0 && !whole.contains(layer);
    }
  }

  /** Patches of a still picture, row by row. */
  public PatchSpec(int channels, int size, PatchGrid trained, int classes, int registers) {
    this(channels, size, 1, trained, classes, registers, 1, false, Resampled.CUBIC, Windows.NONE);
  }

  /**
   * Patches that the processor cuts, in blocks.
   *
   * @param time frames that a patch spans
   * @param block sides of a block
   */
  public static PatchSpec ofBlocks(int channels, int size, int time, int block) {
    PatchGrid none = new PatchGrid(1, 1);
    return new PatchSpec(
        channels, size, time, none, 0, 0, block, true, Resampled.CUBIC, Windows.NONE);
  }

  /** The same, seen in windows by some layers. */
  public PatchSpec in(Windows others) {
    return new PatchSpec(
        channels, size, time, trained, classes, registers, block, cut, resampled, others);
  }

  /** The same with another way from grid to grid. */
  public PatchSpec with(Resampled way) {
    return new PatchSpec(
        channels, size, time, trained, classes, registers, block, cut, way, windows);
  }

  /** The same cut by the processor. */
  public PatchSpec ofCut() {
    return new PatchSpec(
        channels, size, time, trained, classes, registers, block, true, resampled, windows);
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

  /** Number of the window of the patch at this place, from 1 on. */
  public int window(int place, PatchGrid grid) {
    int across = (grid.columns() + windows.side() - 1) / windows.side();
    return row(place, grid) / windows.side() * across + column(place, grid) / windows.side() + 1;
  }
}
