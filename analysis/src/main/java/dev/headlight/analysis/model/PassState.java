package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.Masks;
import dev.headlight.analysis.attention.ScoreRule;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.job.Progress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the parts of one pass share. */
final class PassState {
  private final Hooks hooks;
  private final Past past;
  private final Progress progress;
  private final boolean inPlace;
  private final int length;
  private final int layers;
  private final int tail;
  private final NDManager manager;
  private final Map<Rotary, NDArray[]> tables = new HashMap<>();
  private final Masks masks;
  private final ModelSpec spec;
  private final PromptFrame frame;
  private final List<int[]> tokens;

  PassState(ModelSpec spec, PassInput input, Hooks hooks, Progress progress, NDManager manager) {
    this(
        spec,
        input.cache() == null ? Past.NONE : input.cache(),
        input.length(),
        input.tail(),
        !input.gradients(),
        PromptFrame.of(spec, input),
        input.tokens(),
        hooks,
        progress,
        manager);
  }

  PassState(ModelSpec spec, PassStart start, Hooks hooks, Progress progress, NDManager manager) {
    this(
        spec,
        start.past(),
        start.length(),
        start.tail(),
        true,
        start.frame(),
        List.of(),
        hooks,
        progress,
        manager);
  }

  private PassState(
      ModelSpec spec,
      Past past,
      int length,
      int tail,
      boolean inPlace,
      PromptFrame frame,
      List<int[]> tokens,
      Hooks hooks,
      Progress progress,
      NDManager manager) {
    this.spec = spec;
    this.frame = frame;
    this.tokens = tokens;
    this.hooks = hooks;
    this.past = past;
    this.progress = progress;
    this.inPlace = inPlace;
    this.length = length;
    this.layers = spec.layers();
    this.tail = tail;
    this.manager = manager;
    masks = new Masks(manager);
  }

  Hooks hooks() {
    return hooks;
  }

  /** Keys and values of a layer with those of the past before them. */
  NDArray[] extend(int layer, NDArray k, NDArray v) {
    return past.extend(layer, k, v);
  }

  Progress progress() {
    return progress;
  }

  Masks masks() {
    return masks;
  }

  /** Whether intermediate arrays may be overwritten; not while gradients are recorded. */
  boolean inPlace() {
    return inPlace;
  }

  /** {@code x · factor}; {@code x} is fresh and may be overwritten. */
  NDArray scaled(NDArray x, double factor) {
    if (factor == 1) {
      return x;
    }
    return inPlace ? x.muli((float) factor) : Numbers.times(x, factor);
  }

  /** Tokens before the first row of this pass. */
  int past() {
    return past.length();
  }

  /** The rows of {@code x [B, T, …]} whose output a block computes: all but in the last. */
  NDArray tail(int layer, NDArray x) {
    long rows = x.getShape().get(1);
    if (layer < layers - 1 || tail >= rows) {
      return x;
    }
    return Slices.range(x, 1, rows - tail, rows);
  }

  NDArray[] rotaryTable(Rotary rotary) {
    return tables.computeIfAbsent(rotary, this::table);
  }

  private NDArray[] table(Rotary rotary) {
    if (!rotary.axes().isEmpty() && frame.places() != null) {
      int[][] own = new int[frame.places().length][];
      Arrays.setAll(own, axis -> Arrays.copyOfRange(frame.places()[axis], past(), past() + length));
      return RotaryTable.of(rotary, own, manager);
    }
    int first = past() + past.shift();
    return RotaryTable.of(rotary, first, first + length, first + length, manager);
  }

  /** The rule of a layer in this prompt. */
  ScoreRule rule(int layer) {
    return frame.rule(spec, layer);
  }

  /** The prompts, where the pass begins with them. */
  List<int[]> tokens() {
    return tokens;
  }

  PromptFrame frame() {
    return frame;
  }
}
