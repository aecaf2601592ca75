package dev.headlight.analysis.vision;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which positions of a sequence are patches of pictures, and which are text.
 *
 * @param length tokens of the sequence
 * @param image positions of all image tokens, ascending, at least one
 * @param parts tiles of the pictures, in order; a tower's sequence has one
 */
public record ImageSpan(int length, int[] image, List<Part> parts) {
  /**
   * A tile in the sequence.
   *
   * @param picture number of its picture
   * @param tile number of the tile in the picture
   * @param grid its tokens
   * @param positions of its tokens, row by row, {@code [rows · columns]}
   */
  public record Part(int picture, int tile, PatchGrid grid, int[] positions) {}

  /** Checks that the positions are in the sequence. */
  public ImageSpan {
    image = image.clone();
    parts = List.copyOf(parts);
    if (image.length == 0 || image[0] < 0 || image[image.length - 1] >= length) {
      throw new IllegalArgumentException(
          "image tokens %s of %d positions".formatted(Arrays.toString(image), length));
    }
  }

  /**
   * The span of a prompt's pictures.
   *
   * @param positions of the image tokens, one array a picture (see {@link
   *     dev.headlight.analysis.image.PromptExpansion#positions})
   */
  public static ImageSpan of(int length, int[][] positions, List<PictureLayout> layouts) {
    List<Part> parts = new ArrayList<>();
    for (int p = 0; p < positions.length; p++) {
      int at = 0;
      List<PictureTile> tiles = layouts.get(p).tiles();
      for (int t = 0; t < tiles.size(); t++) {
        PictureTile tile = tiles.get(t);
        int from = at + tile.leading();
        at += tile.tokenCount();
        parts.add(new Part(p, t, tile.tokens(), Arrays.copyOfRange(positions[p], from, at)));
      }
    }
    int[] all = Arrays.stream(positions).flatMapToInt(Arrays::stream).sorted().toArray();
    return new ImageSpan(length, all, parts);
  }

  /** One grid of patches that stands without gaps from a position on, such as a tower's. */
  public static ImageSpan of(int length, int first, PatchGrid grid) {
    int[] positions = IntStream.range(first, first + grid.size()).toArray();
    return new ImageSpan(length, positions, List.of(new Part(0, 0, grid, positions)));
  }

  /**
   * The span of what a run saw: the image tokens of a prompt, or the patches of a tower.
   *
   * @throws HeadlightException when the run saw no picture in its sequence
   */
  public static ImageSpan of(Run run) {
    Sight sight =
        run.sight()
            .orElseThrow(
                () -> new HeadlightException(Kind.INPUT, "the run saw no picture; give one."));
    int length = run.tokens().length;
    if (run.spec().patches().isPresent()) {
      return ofTower(length, run.spec().patches().get(), sight.patches().get(0));
    }
    if (sight.positions().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          run.spec().family()
              + " keeps pictures out of its prompts; look at the runs of its tower instead.");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sight.positions().size(); i++) {
      int[] all = sight.positions().get(i);
      PatchGrid grid = sight.tokens().get(i);
      parts.add(
          new Part(0, i, grid, Arrays.copyOfRange(all, all.length - grid.size(), all.length)));
    }
    int[] all = sight.positions().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    return new ImageSpan(length, all, parts);
  }

  private static ImageSpan ofTower(int length, PatchSpec patches, PatchGrid grid) {
    int[] positions = new int[grid.size()];
    for (int place = 0; place < positions.length; place++) {
      int patch = grid.index(patches.row(place, grid), patches.column(place, grid));
      positions[patch] = patches.before() + place;
    }
    int[] all = IntStream.range(patches.before(), patches.before() + positions.length).toArray();
    return new ImageSpan(length, all, List.of(new Part(0, 0, grid, positions)));
  }

  /** For each position whether it is an image token, {@code [T]}. */
  public boolean[] mask() {
    boolean[] mask = new boolean[length];
    for (int position : image) {
      mask[position] = true;
    }
    return mask;
  }

  /** Whether a position is an image token. */
  public boolean isImage(int position) {
    return Arrays.binarySearch(image, position) >= 0;
  }

  /** The first position behind the last image token; the length where nothing follows. */
  public int behind() {
    return image[image.length - 1] + 1;
  }

  /** Positions of text, ascending: before, between and behind the pictures. */
  public int[] text() {
    return IntStream.range(0, length).filter(i -> !isImage(i)).toArray();
  }

  /** Positions of text behind the last image token: the words that have seen all pictures. */
  public int[] textBehind() {
    return IntStream.range(behind(), length).toArray();
  }

  /** The same span in a sequence that has been written on. */
  public ImageSpan lengthened(int newLength) {
    return new ImageSpan(newLength, image, parts);
  }
}
