package dev.headlight.analysis.run;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.SafetensorsFile;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention.AddVector;
import dev.headlight.analysis.run.Intervention.Patch;
import dev.headlight.analysis.run.PatchSource.CaptureFile;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/** Takes values out of captures and other passes, for patches and added vectors. */
final class PatchReader {
  private final ModelSpec spec;
  private final int length;
  private final Baselines baselines;

  PatchReader(ModelSpec spec, int length, Baselines baselines) {
    this.spec = spec;
    this.length = length;
    this.baselines = baselines;
  }

  void read(Patch p, BiConsumer<HookName, ValueEdit> put, IntFunction<LayerEdits> layers) {
    HookName name = check(p.site(), p.layer(), p.positions());
    Tensor source = load(p.source(), name);
    if (p.site().scope() == Site.Scope.PATTERN) {
      patternRows(p, source, layers.apply(p.layer()));
      return;
    }
    int slices = slices(source, p.head(), name, p.text());
    for (int s = 0; s < slices; s++) {
      if (p.head().isEmpty() || p.head().get() == s) {
        put.accept(name, rows(source, s, slices, p.positions(), p.text(), 0, 1));
      }
    }
  }

  void read(AddVector v, BiConsumer<HookName, ValueEdit> put) {
    HookName name = check(v.site(), v.layer(), v.positions());
    if (v.site().scope() == Site.Scope.PATTERN) {
      throw bad(v.text(), "nothing can be added to a pattern; patch it instead");
    }
    Tensor source = load(v.source(), name);
    int slices = slices(source, v.head(), name, v.text());
    float scale = (float) v.scale();
    for (int s = 0; s < slices; s++) {
      if (v.head().isEmpty() || v.head().get() == s) {
        boolean everywhere = source.size(0) == 1;
        put.accept(
            name,
            everywhere
                ? offset(source, s, slices, v.positions(), scale)
                : rows(source, s, slices, v.positions(), v.text(), 1, scale));
      }
    }
  }

  private static int slices(Tensor source, Optional<Integer> slice, HookName name, String text) {
    int slices = source.shape().length == 3 ? source.size(1) : 1;
    boolean split = source.shape().length == 3;
    if (slice.isPresent() && (!split || slice.get() >= slices)) {
      throw bad(text, name + " has " + slices + " heads or groups");
    }
    return slices;
  }

  /** The one row of the source at each position, also at those that are written later. */
  private ValueEdit offset(Tensor source, int slice, int slices, Positions at, float scale) {
    int width = source.data().length / slices;
    float[] row = Arrays.copyOfRange(source.data(), slice * width, (slice + 1) * width);
    for (int i = 0; i < width; i++) {
      row[i] *= scale;
    }
    boolean whole = source.shape().length < 3;
    return new ValueEdit(
        at.first(length), at.end(length), whole ? -1 : slice, 1, new float[0][], row);
  }

  private HookName check(Site site, int layer, Positions positions) {
    Sites.require(spec, site);
    if (layer >= spec.layers()) {
      throw new HeadlightException(
          Kind.INPUT,
          "layer "
              + layer
              + " is outside the model: it has "
              + spec.layers()
              + " layers, 0 to "
              + (spec.layers() - 1));
    }
    if (site.perLayer()) {
      Sites.require(spec, site, layer);
    }
    positions.check(length);
    return new HookName(site, layer);
  }

  private Tensor load(PatchSource source, HookName name) {
    if (source instanceof PatchSource.Prompt prompt) {
      return baselines.donor(prompt, name);
    }
    try (SafetensorsFile file = SafetensorsFile.open(((CaptureFile) source).path())) {
      if (!file.has(name.toString())) {
        throw bad(source.toString(), "it holds no " + name + "; capture that site first");
      }
      int[] shape =
          Arrays.stream(file.info(name.toString()).shape()).mapToInt(i -> (int) i).toArray();
      return new Tensor(file.floats(name.toString()), shape);
    }
  }

  /** Rows of the source that stand at the same place; places counted from the end stay there. */
  private ValueEdit rows(
      Tensor source, int slice, int slices, Positions at, String text, float keep, float scale) {
    int first = at.first(length);
    int count = Math.min(at.end(length), length) - first;
    int from = at.first(source.size(0));
    if (from < 0 || from + count > source.size(0)) {
      throw bad(text, "its source has " + source.size(0) + " positions, the prompt " + length);
    }
    int width = source.data().length / source.size(0) / slices;
    float[][] rows = new float[count][width];
    for (int p = 0; p < count; p++) {
      int begin = ((from + p) * slices + slice) * width;
      for (int i = 0; i < width; i++) {
        rows[p][i] = scale * source.data()[begin + i];
      }
    }
    return new ValueEdit(first, first + count, slices == 1 ? -1 : slice, keep, rows, null);
  }

  private void patternRows(Patch p, Tensor source, LayerEdits edits) {
    int first = p.positions().first(length);
    int end = Math.min(p.positions().end(length), length);
    int shift = p.positions().first(source.size(1)) - first;
    if (source.size(0) != spec.heads() || first + shift < 0 || end + shift > source.size(1)) {
      throw bad(
          p.text(),
          "the source's map is "
              + Arrays.toString(source.shape())
              + ", the model has "
              + spec.heads()
              + " heads and the prompt "
              + length
              + " tokens");
    }
    for (int h = 0; h < spec.heads(); h++) {
      if (p.head().isEmpty() || p.head().get() == h) {
        float[] map = source.slice(h).data();
        edits.addRows(p.site(), new LayerEdits.Rows(h, first, end, shift, source.size(2), map));
      }
    }
  }

  private static HeadlightException bad(String what, String why) {
    return new HeadlightException(Kind.INPUT, "cannot use " + what + ": " + why);
  }
}
