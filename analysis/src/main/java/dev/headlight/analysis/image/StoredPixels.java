package dev.headlight.analysis.image;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a processor made of pictures, in a file: {@code pixel_values}, and where the processor makes
 * them {@code pixel_attention_mask}, {@code image_grid_thw} (Qwen2-VL) or {@code spatial_shapes}
 * (SigLIP 2).
 */
public final class StoredPixels {
  /** The tensor that holds the numbers. */
  public static final String VALUES = "pixel_values";

  private static final String MASK = "pixel_attention_mask";
  private static final String GRIDS = "image_grid_thw";
  private static final String SHAPES = "spatial_shapes";
  private static final int AXES = 3;

  private StoredPixels() {}

  /**
   * Reads them.
   *
   * @throws HeadlightException when there are no pixel values in the file
   */
  public static Pixels read(SafetensorsFile stored) {
    if (!stored.has(VALUES)) {
      throw new HeadlightException(
          Kind.INPUT,
          stored.path() + ": expected a tensor named pixel_values, found " + stored.names() + ".");
    }
    long[] shape = stored.info(VALUES).shape();
    if (stored.has(SHAPES) && shape.length == AXES) {
      return unpadded(stored.floats(VALUES), shape, stored.longs(SHAPES));
    }
    boolean[] mask = stored.has(MASK) ? mask(stored.longs(MASK)) : null;
    List<int[]> grids = stored.has(GRIDS) ? grids(stored.longs(GRIDS)) : List.of();
    return new Pixels(stored.floats(VALUES), shape, mask, grids);
  }

  private static boolean[] mask(long... stored) {
    boolean[] mask = new boolean[stored.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = stored[i] != 0;
    }
    return mask;
  }

  private static List<int[]> grids(long... stored) {
    List<int[]> grids = new ArrayList<>();
    for (int i = 0; i + AXES <= stored.length; i += AXES) {
      grids.add(new int[] {(int) stored[i], (int) stored[i + 1], (int) stored[i + 2]});
    }
    return grids;
  }

  /** Patches of pictures that were padded to the same number, one picture behind the other. */
  private static Pixels unpadded(float[] values, long[] shape, long... sides) {
    List<int[]> grids = new ArrayList<>();
    int patches = (int) shape[1];
    int numbers = (int) shape[2];
    float[] kept = new float[values.length];
    int at = 0;
    for (int i = 0; i < shape[0] && 2 * i + 1 < sides.length; i++) {
      int[] grid = {1, (int) sides[2 * i], (int) sides[2 * i + 1]};
      int own = Math.min(patches, grid[1] * grid[2]) * numbers;
      System.arraycopy(values, i * patches * numbers, kept, at, own);
      at += own;
      grids.add(grid);
    }
    long[] flat = {at / numbers, numbers};
    return new Pixels(Arrays.copyOf(kept, at), flat, null, grids);
  }
}
