package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.vision.SegmenterPrompt;
import java.util.Comparator;

/** Points and a box for a segmenter, read off what is drawn. */
public final class VisualSegments {
  private static final int PEAKS = 3;

  private VisualSegments() {}

  /** The prompt as JSON, of the part with the largest number. */
  public static String json(PatchView view) {
    int part =
        view.parts().stream()
            .max(Comparator.comparingDouble(p -> view.map(p).largest()))
            .orElseThrow();
    Picture picture = view.picture();
    return SegmenterPrompt.of(
            view.map(part), view.tile(part), picture.width(), picture.height(), PEAKS)
        .json();
  }
}
