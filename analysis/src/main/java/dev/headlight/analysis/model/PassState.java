package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.Masks;
import dev.headlight.analysis.job.Progress;
import java.util.HashMap;
import java.util.Map;

/** What the parts of one pass share. */
final class PassState {
  private final Hooks hooks;
  private final KvCache cache;
  private final Progress progress;
  private final boolean inPlace;
  private final int length;
  private final NDManager manager;
  private final Map<Rotary, NDArray[]> tables = new HashMap<>();
  private final Masks masks;

  PassState(PassInput input, Hooks hooks, Progress progress, NDManager manager) {
    this.hooks = hooks;
    this.cache = input.cache();
    this.progress = progress;
    this.inPlace = !input.gradients();
    this.length = input.length();
    this.manager = manager;
    masks = new Masks(manager);
  }

  Hooks hooks() {
    return hooks;
  }

  KvCache cache() {
    return cache;
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
    return cache == null ? 0 : cache.length();
  }

  NDArray[] rotaryTable(Rotary rotary) {
    return tables.computeIfAbsent(
        rotary, r -> RotaryTable.of(r, past(), past() + length, past() + length, manager));
  }
}
