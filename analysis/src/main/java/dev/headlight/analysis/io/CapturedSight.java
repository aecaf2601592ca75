package dev.headlight.analysis.io;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.Contrasted;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Run;
import dev.headlight.analysis.run.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a run saw, as arrays of a capture. */
final class CapturedSight {
  private static final String TEXT = "text.";
  private static final String VISION = "vision.";

  private CapturedSight() {}

  /**
   * An array.
   *
   * @param name its key
   * @param shape its axes
   * @param values row-major, made when asked for
   */
  record Entry(String name, int[] shape, Supplier<float[]> values) {}

  /** What the keys of the main transformer begin with: with two towers each has its name. */
  static String prefix(Run run) {
    return run.contrasted().isPresent() ? TEXT : "";
  }

  /**
   * Everything seen: what the tower kept, one array for pictures of one size, with an axis of
   * pictures where there are several.
   */
  static List<Entry> of(Run run, boolean embeds, Optional<Pixels> pixels) {
    List<Entry> entries = new ArrayList<>();
    run.sight().ifPresent(sight -> tower(sight.tower(), entries));
    if (embeds) {
      run.contrasted().ifPresent(agreed -> embeds(agreed, entries));
    }
    pixels.ifPresent(
        p ->
            entries.add(
                new Entry(
                    CaptureWriter.PIXEL_VALUES,
                    Arrays.stream(p.shape()).mapToInt(Math::toIntExact).toArray(),
                    p::values)));
    return entries;
  }

  private static void tower(List<Run> runs, List<Entry> entries) {
    boolean alike = runs.stream().map(r -> r.tokens().length).distinct().count() <= 1;
    if (alike) {
      stacked(VISION, runs, entries);
      return;
    }
    for (int i = 0; i < runs.size(); i++) {
      stacked(VISION + i + ".", List.of(runs.get(i)), entries);
    }
  }

  private static void stacked(String prefix, List<Run> runs, List<Entry> entries) {
    if (runs.isEmpty()) {
      return;
    }
    for (HookName name : runs.get(0).names()) {
      int[] one = runs.get(0).get(name).shape();
      int[] shape = one;
      if (runs.size() > 1) {
        shape = new int[one.length + 1];
        shape[0] = runs.size();
        System.arraycopy(one, 0, shape, 1, one.length);
      }
      entries.add(new Entry(prefix + name, shape, () -> joined(runs, name)));
    }
  }

  private static float[] joined(List<Run> runs, HookName name) {
    List<Tensor> parts = runs.stream().map(r -> r.get(name)).toList();
    float[] all = new float[parts.stream().mapToInt(p -> p.data().length).sum()];
    int at = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.data(), 0, all, at, part.data().length);
      at += part.data().length;
    }
    return all;
  }

  private static void embeds(Contrasted agreed, List<Entry> entries) {
    int width = agreed.text().length;
    int count = agreed.images().size();
    entries.add(new Entry("text_embeds", new int[] {1, width}, agreed::text));
    if (count == 0) {
      return;
    }
    float[] images = new float[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(agreed.images().get(i), 0, images, i * width, width);
    }
    entries.add(new Entry("image_embeds", new int[] {count, width}, () -> images));
    entries.add(new Entry("logits_per_image", new int[] {count, 1}, agreed::logits));
  }
}
