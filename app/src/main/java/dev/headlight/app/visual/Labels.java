package dev.headlight.app.visual;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.vision.ImageSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What tokens are called: words as people see them, patches after their place. */
final class Labels {
  private static final int FEW = 8;

  private final Model model;

  Labels(Model model) {
    this.model = model;
  }

  /** Of a tower's places. */
  static List<String> of(ModelSpec spec, PatchGrid grid, int[] tokens) {
    PatchSpec patches = spec.patches().orElseThrow();
    return Arrays.stream(tokens).mapToObj(t -> patches.label(t, grid)).toList();
  }

  /** Of a text. */
  List<String> of(int[] tokens) {
    return model
        .tokenizer()
        .map(t -> t.labels(tokens))
        .orElseGet(() -> Arrays.stream(tokens).mapToObj(Integer::toString).toList());
  }

  /** Of a prompt: image tokens say their picture and tile where there are several. */
  List<String> of(int[] tokens, ImageSpan span) {
    List<String> labels = new ArrayList<>(of(tokens));
    List<ImageSpan.Part> parts = span.parts();
    boolean pictures = parts.stream().anyMatch(p -> p.picture() > 0);
    boolean tiles = parts.stream().anyMatch(p -> p.tile() > 0);
    for (ImageSpan.Part part : parts) {
      String before = (pictures ? "p" + part.picture() : "") + (tiles ? "t" + part.tile() : "");
      int columns = part.grid().columns();
      for (int i = 0; i < part.positions().length; i++) {
        labels.set(part.positions()[i], before + "r" + i / columns + "c" + i % columns);
      }
    }
    return labels;
  }

  /** A whole text, shortly. */
  String text(int[] ids) {
    return model
        .tokenizer()
        .map(t -> t.decode(ids, true).strip())
        .orElseGet(
            () ->
                Arrays.stream(ids)
                        .limit(FEW)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" "))
                    + (ids.length > FEW ? " …" : ""));
  }
}
