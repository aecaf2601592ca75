package dev.headlight.analysis.roles;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.RunRequest;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/** Passes that only read cells of attention. */
final class Passes {
  private Passes() {}

  /**
   * Reads the marked cells of one prompt.
   *
   * @param firstKey keys before it are left out
   * @param marks the marked keys of each row
   */
  static MarkedCells read(
      Model model, int[] ids, int firstKey, IntFunction<BitSet> marks, Progress progress) {
    model.runner().check(RunRequest.of(ids));
    ModelSpec spec = model.spec();
    MarkedCells cells =
        new MarkedCells(spec::scoreRule, spec.layers(), spec.heads(), firstKey, marks);
    model.guarded(
        () -> {
          try (NDManager scope = model.newScope();
              NDArray end =
                  model.transformer().stream(
                      new PassInput(List.of(ids), null, false, false), cells, progress, scope)) {
            return end.getShape();
          }
        });
    return cells;
  }
}
