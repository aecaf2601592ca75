package dev.headlight.app.visual;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.run.Sight;
import dev.headlight.analysis.vision.ImageSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which positions of a sequence are shown as cells, which rows are kept, and what groups are. */
final class Spans {
  /** Groups of the tower of text. */
  static final List<String> TEXT = List.of("Other tokens", "First token", "Last token");

  /** Most weights that are kept: 256 MB. Beyond, a tower keeps few queries. */
  private static final long MOST = 64L << 20;

  private Spans() {}

  /** Positions of the cells of all parts. */
  static int[] cells(ImageSpan span) {
    return span.parts().stream().flatMapToInt(p -> Arrays.stream(p.positions())).toArray();
  }

  /** The image tokens of all tiles of all pictures in a prompt. */
  static ImageSpan words(Sight sight, List<PictureLayout> layouts, int length) {
    List<ImageSpan.Part> parts = new ArrayList<>();
    int piece = 0;
    for (int p = 0; p < layouts.size(); p++) {
      for (int t = 0; t < layouts.get(p).tiles().size(); t++, piece++) {
        parts.add(
            new ImageSpan.Part(p, t, sight.tokens().get(piece), sight.positions().get(piece)));
      }
    }
    int[] image = sight.positions().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    return new ImageSpan(length, image, parts);
  }

  /** Patches of a tower row by row, whatever their order in it. */
  static ImageSpan places(ModelSpec spec, PatchGrid grid, int length, Shown at) {
    PatchSpec patches = spec.patches().orElseThrow();
    int[] positions = new int[grid.size()];
    for (int i = 0; i < positions.length; i++) {
      int cell = grid.index(patches.row(i, grid), patches.column(i, grid));
      positions[cell] = patches.before() + i;
    }
    int[] image = Arrays.stream(positions).sorted().toArray();
    int tile = Math.max(0, at.tile());
    return new ImageSpan(
        length, image, List.of(new ImageSpan.Part(at.picture(), tile, grid, positions)));
  }

  /** Every token of a text, side by side. */
  static ImageSpan text(int length) {
    return ImageSpan.of(length, 0, new PatchGrid(1, length));
  }

  /** The words of a prompt, or the last of them where they are too many. */
  static int[] queries(int length, ImageSpan span, ModelSpec spec) {
    int[] words = IntStream.range(0, length).filter(i -> !span.isImage(i)).toArray();
    long size = HeadRows.size(spec.layers(), spec.heads(), words.length, span.image().length);
    int kept = size <= MOST ? words.length : (int) Math.max(1, words.length * MOST / size);
    return Arrays.copyOfRange(words, words.length - kept, words.length);
  }

  /** All places of a tower, or those without a patch and the chosen one. */
  static int[] few(ModelSpec spec, int length, ImageSpan span, int patch) {
    if (HeadRows.size(spec.layers(), spec.heads(), length, span.image().length) <= MOST) {
      return IntStream.range(0, length).toArray();
    }
    IntStream others = IntStream.range(0, length).filter(i -> !span.isImage(i));
    int[] patches = span.parts().get(0).positions();
    int chosen = patch >= 0 && patch < patches.length ? patches[patch] : span.image()[0];
    return IntStream.concat(others, IntStream.of(chosen)).distinct().sorted().toArray();
  }

  static int[] wordGroups(ImageSpan span, int promptLength) {
    int[] group = new int[span.length()];
    for (int i = 0; i < group.length; i++) {
      group[i] = span.isImage(i) ? 0 : i == 0 ? 2 : i >= promptLength ? 3 : 1;
    }
    return group;
  }

  static int[] textGroups(int length) {
    return IntStream.range(0, length).map(i -> i == 0 ? 1 : i == length - 1 ? 2 : 0).toArray();
  }

  /** The patches, and each class token and register by itself. */
  static List<String> placeNames(PatchSpec patches, PatchGrid grid) {
    List<String> names = new ArrayList<>(List.of("Patches"));
    for (int i = 0; i < patches.before(); i++) {
      names.add(patches.label(i, grid));
    }
    return names;
  }

  static int[] placeGroups(ImageSpan span, int groups) {
    return IntStream.range(0, span.length())
        .map(i -> span.isImage(i) ? 0 : Math.min(i + 1, groups - 1))
        .toArray();
  }
}
