package dev.headlight.analysis.image;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What a processor made of pictures, in a file: {@code pixel_values}, and where the processor makes
 * them {@code pixel_attention_mask} and {@code image_grid_thw}.
 */
public final class StoredPixels {
  /** The tensor that holds the numbers. */
  public static final String VALUES = "pixel_values";

  private static final String MASK = "pixel_attention_mask";
  private static final String GRIDS = "image_grid_thw";
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
}
