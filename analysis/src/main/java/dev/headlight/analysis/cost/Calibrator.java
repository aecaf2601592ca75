package dev.headlight.analysis.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.LayerWeights;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.PassStart;
import dev.headlight.analysis.model.Past;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.model.VisionTower;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes a {@link Calibration} of a model. */
final class Calibrator {
  /** Rows of the measured block: more only where these were quick. */
  private static final int[] ROWS = {1, 8, 32, 128, 512, 1024};

  /** Longest prompt of those rows; more rows are more prompts. */
  private static final int LENGTH = 256;

  private static final int[] LOGIT_ROWS = {1, 16, 64, 256};

  /** Floats that are copied out: 16 MB. */
  private static final int COPIED = 4 << 20;

  private final Model model;
  private final Transformer transformer;
  private final ModelSpec spec;
  private final Progress progress;

  Calibrator(Model model, Progress progress) {
    this(model, model.transformer(), progress);
  }

  /** Measures a part of a model: its tower, once the model itself was measured. */
  private Calibrator(Model model, Transformer transformer, Progress progress) {
    this.model = model;
    this.progress = progress.silent();
    this.transformer = transformer;
    spec = transformer.spec();
  }

  Calibration measure() {
    Calibration of = measure(true);
    if (transformer.weights().vision() == null) {
      return of;
    }
    Transformer tower =
        new VisionTower(spec.vision().orElseThrow(), transformer.weights().vision()).transformer();
    return of.seeing(new Calibrator(model, tower, progress).measure(false));
  }

  private Calibration measure(boolean cold) {
    int layer = spec.layers() / 2;
    AttentionProbe probe = new AttentionProbe(model, spec, layer);
    probe.measure(cold, progress);
    Curve block = block(layer, probe.attention());
    Curve logits = scoped(this::logits);
    double rate = scoped(this::copying);
    return new Calibration(spec, layer, block, probe.attention(), probe.statistics(), logits, rate);
  }

  private <T> T scoped(Function<NDManager, T> work) {
    try (NDManager scope = model.newScope()) {
      return work.apply(scope);
    }
  }

  private Curve block(int layer, Curve attention) {
    Transformer one = one(layer);
    CurveBuilder curve = new CurveBuilder();
    int longest = Math.min(LENGTH, spec.maxPositions());
    for (int i = 0; i < ROWS.length; i++) {
      int length = Math.min(ROWS[i], longest);
      List<int[]> prompts =
          Stream.generate(() -> tokens(length)).limit(Math.max(1, ROWS[i] / length)).toList();
      double rows = (double) prompts.size() * length;
      double next = i + 1 < ROWS.length ? ROWS[i + 1] : Double.POSITIVE_INFINITY;
      PassPart part = PassPart.whole(length, 1).times(prompts.size());
      double between =
          attention.seconds(prompts.size() * spec.heads() * part.computedCells(0, one.spec()));
      if (!curve.add(rows, next, () -> block(one, prompts, between))) {
        break;
      }
    }
    return curve.build();
  }

  /** Seconds of one pass through the block, without those between tokens. */
  private double block(Transformer one, List<int[]> prompts, double between) {
    progress.check();
    BlockTimer timer = new BlockTimer(spec.form());
    try (NDManager scope = model.newScope()) {
      if (spec.patches().isPresent()) {
        Shape rows = new Shape(prompts.size(), prompts.get(0).length, spec.width());
        one.resume(
            new PassStart(0, scope.ones(rows), null, Past.NONE, Integer.MAX_VALUE),
            timer,
            Progress.NONE,
            scope);
      } else {
        one.forward(new PassInput(prompts, null, false, false), timer, Progress.NONE, scope);
      }
    }
    return Math.max(timer.apart(), timer.block() - between);
  }

  /** The model with one of its blocks only, and without an unembedding. */
  private Transformer one(int layer) {
    ModelWeights all = transformer.weights();
    List<LayerWeights> block = List.of(all.layers().get(layer));
    return new Transformer(
        spec.withLayers(List.of(spec.layer(layer))),
        new ModelWeights(all.embedding(), block, null, null, null));
  }

  private int[] tokens(int length) {
    // A tower's tokens are places; only how many there are counts.
    int vocab =
        spec.patches().isPresent() ? 1 : (int) transformer.weights().embedding().tokens().rows();
    return new Random(length).ints(length, 0, vocab).toArray();
  }

  private Curve logits(NDManager scope) {
    CurveBuilder curve = new CurveBuilder();
    // One row for a whole picture or text costs next to nothing.
    if (transformer.weights().unembedding() == null || spec.pooled()) {
      curve.add(1, 1, () -> 0);
      return curve.build();
    }
    for (int i = 0; i < LOGIT_ROWS.length; i++) {
      NDArray x = scope.ones(new Shape(1, LOGIT_ROWS[i], leaving()));
      double next = i + 1 < LOGIT_ROWS.length ? LOGIT_ROWS[i + 1] : Double.POSITIVE_INFINITY;
      if (!curve.add(LOGIT_ROWS[i], next, () -> timed(s -> logits(x, s)))) {
        break;
      }
    }
    return curve.build();
  }

  /** Width of what leaves the last block. */
  private long leaving() {
    boolean projected = transformer.weights().layers().get(spec.layers() - 1).leave() != null;
    return projected ? spec.embedding().width() : spec.width();
  }

  private void logits(NDArray x, NDManager scope) {
    transformer.logits(x, new int[0], Hooks.NONE, scope).getFloat(0, 0, 0);
  }

  private double copying(NDManager scope) {
    NDArray values = scope.zeros(new Shape(COPIED));
    CurveBuilder curve = new CurveBuilder();
    curve.add(COPIED, COPIED, () -> timed(s -> HostMemory.copy(values)));
    return (double) COPIED * Float.BYTES / curve.build().seconds(COPIED);
  }

  private double timed(Consumer<NDManager> work) {
    progress.check();
    try (NDManager scope = model.newScope()) {
      long start = System.nanoTime();
      work.accept(scope);
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
