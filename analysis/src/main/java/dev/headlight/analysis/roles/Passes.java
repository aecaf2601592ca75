package dev.headlight.analysis.roles;

import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.run.RunRequest;
import java.util.BitSet;
import java.util.function.IntFunction;

/** Passes that only read cells of attention. */
final class Passes {
  private Passes() {}

  /**
   * Reads the marked cells of one prompt.
   *
   * @param prompt one, with its pictures
   * @param firstKey keys before it are left out
   * @param marks the marked keys of each row
   */
  static MarkedCells read(
      Model model, RunRequest prompt, int firstKey, IntFunction<BitSet> marks, Progress progress) {
    model.runner().check(prompt);
    ModelSpec spec = model.spec();
    return model.guarded(
        () -> {
          try (NDManager scope = model.newScope()) {
            PassInput input =
                model.runner().read(prompt, 0, Integer.MAX_VALUE, scope, progress.silent());
            PromptFrame frame = PromptFrame.of(spec, input);
            MarkedCells cells =
                new MarkedCells(
                    layer -> frame.rule(spec, layer), spec.layers(), spec.heads(), firstKey, marks);
            model.transformer().stream(input, cells, progress, scope).close();
            return cells;
          }
        });
  }
}
