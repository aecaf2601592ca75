package dev.headlight.analysis.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassPictures;
import dev.headlight.analysis.model.PatchSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts what a processor made of pictures into what a tower reads at once: pictures, tiles. */
final class Pieces {
  private static final int PATCHES = 2;
  private static final int PICTURES = 4;
  private static final int TILES = 5;

  private final ModelSpec tower;
  private final PatchSpec patches;

  Pieces(ModelSpec tower) {
    this.tower = tower;
    patches = tower.patches().orElseThrow();
  }

  /**
   * Single pictures or tiles, in order; tiles that hold nothing are left out.
   *
   * @throws HeadlightException when the tower cannot read them
   */
  List<Pixels> of(Pixels pixels) {
    long[] shape = pixels.shape();
    boolean flat = shape.length == PATCHES && !pixels.grids().isEmpty();
    boolean whole = shape.length == PICTURES || shape.length == TILES;
    if (flat && patches.cut() && shape[1] == patches.numbers()) {
      return cut(pixels);
    }
    if (!whole || patches.cut()) {
      throw bad(shape);
    }
    long channels = shape[shape.length - 3];
    long height = shape[shape.length - 2];
    long width = shape[shape.length - 1];
    if (channels != patches.channels() || height < patches.size() || width < patches.size()) {
      throw bad(shape);
    }
    int size = (int) (channels * height * width);
    List<Pixels> pieces = new ArrayList<>();
    for (int at = 0; at < pixels.values().length; at += size) {
      float[] values = Arrays.copyOfRange(pixels.values(), at, at + size);
      if (shape.length == TILES && empty(values)) {
        continue;
      }
      int area = (int) (height * width);
      boolean[] mask =
          pixels.mask() == null
              ? null
              : Arrays.copyOfRange(pixels.mask(), at / size * area, (at / size + 1) * area);
      pieces.add(new Pixels(values, new long[] {1, channels, height, width}, mask, List.of()));
    }
    return pieces;
  }

  private static boolean empty(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private List<Pixels> cut(Pixels pixels) {
    List<Pixels> pieces = new ArrayList<>();
    int numbers = patches.numbers();
    int at = 0;
    for (int[] grid : pixels.grids()) {
      int size = grid[1] * grid[2] * numbers;
      if (grid[0] != 1) {
        throw new HeadlightException(
            Kind.INPUT,
            "pixel_values hold a film of %d steps; %s is run on still pictures here, give one step each."
                .formatted(grid[0], tower.family()));
      }
      if (at + size > pixels.values().length) {
        throw bad(pixels.shape());
      }
      float[] values = Arrays.copyOfRange(pixels.values(), at, at + size);
      long[] shape = {(long) grid[1] * grid[2], numbers};
      pieces.add(new Pixels(values, shape, null, List.of(grid)));
      at += size;
    }
    if (at != pixels.values().length) {
      throw bad(pixels.shape());
    }
    return pieces;
  }

  private HeadlightException bad(long[] shape) {
    String expected =
        patches.cut()
            ? "[patches, "
                + patches.numbers()
                + "] with image_grid_thw or spatial_shapes that name as many"
            : "[pictures, "
                + patches.channels()
                + ", height, width] or [pictures, tiles, "
                + patches.channels()
                + ", height, width] of "
                + patches.size()
                + " pixels or more";
    return new HeadlightException(
        Kind.INPUT,
        "pixel_values have the shape "
            + Arrays.toString(shape)
            + "; "
            + tower.family()
            + " reads "
            + expected
            + ". Make them with the model's own preprocessor");
  }

  /** The patches of a piece. */
  PatchGrid grid(Pixels piece) {
    long[] shape = piece.shape();
    if (piece.grids().isEmpty()) {
      return patches.grid(shape[2], shape[3]);
    }
    int[] grid = piece.grids().get(0);
    return new PatchGrid(grid[1], grid[2]);
  }

  /** Tokens of the tower for a piece, as many as there are. */
  int length(Pixels piece) {
    return patches.before() + grid(piece).size();
  }

  /** A piece in the engine's memory. */
  PassPictures pass(Pixels piece, NDManager manager) {
    long[] shape = piece.shape();
    boolean cut = !piece.grids().isEmpty();
    Shape whole = cut ? new Shape(1, shape[0], shape[1]) : new Shape(shape);
    return new PassPictures(
        HostMemory.array(piece.values(), whole, manager),
        cut ? grid(piece) : null,
        mask(piece),
        null,
        List.of(),
        List.of());
  }

  /** Which patches hold something of the picture; empty where all do. */
  private boolean[] mask(Pixels piece) {
    if (piece.mask() == null) {
      return new boolean[0];
    }
    PatchGrid grid = grid(piece);
    int width = (int) piece.shape()[3];
    boolean[] mask = new boolean[grid.size()];
    boolean all = true;
    for (int patch = 0; patch < mask.length; patch++) {
      int top = patch / grid.columns() * patches.size();
      int left = patch % grid.columns() * patches.size();
      for (int i = 0; i < patches.size() * patches.size(); i++) {
        int pixel = (top + i / patches.size()) * width + left + i % patches.size();
        mask[patch] |= piece.mask()[pixel];
      }
      all &= mask[patch];
    }
    return all ? new boolean[0] : mask;
  }
}
