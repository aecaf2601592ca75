package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Preparer;
import dev.headlight.analysis.run.RunRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether changes change anything: a whole pass with them and one without, both of the same form,
 * compared bit by bit in every number that leaves the last block. A sweep's own numbers cannot say
 * it: its batches round differently from the unchanged pass.
 */
public final class EffectCheck {
  private final Model model;
  private final SweepRequest request;

  private EffectCheck(Model model, SweepRequest request) {
    this.model = model;
    this.request = request;
  }

  /**
   * The cells of a request that change nothing in any of its sequences.
   *
   * @param cells indices of those that are looked at
   * @return those of them whose every pass is that of the unchanged prompt
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Set<Integer> withoutEffect(
      Model model, SweepRequest request, List<Integer> cells, Progress progress) {
    return model.guarded(() -> new EffectCheck(model, request).unchanged(cells, progress));
  }

  private Set<Integer> unchanged(List<Integer> cells, Progress progress) {
    Set<Integer> left = new TreeSet<>(cells);
    List<Intervention> changes =
        cells.stream().flatMap(c -> request.cells().get(c).changes().stream()).distinct().toList();
    Preparer preparer =
        new Preparer(
            model.runner(), sequences(), request.substitutes(), changes, progress.silent());
    for (int s = 0; s < request.sequences().size() && !left.isEmpty(); s++) {
      int sequence = s;
      float[] before = leaving(s, BatchEdits.none(request.sequences().get(s).length), progress);
      left.removeIf(
          cell -> {
            PreparedEdits edits = preparer.prepare(request.cells().get(cell).changes(), sequence);
            int length = request.sequences().get(sequence).length;
            float[] after = leaving(sequence, new BatchEdits(List.of(edits), length), progress);
            return !Arrays.equals(before, after);
          });
    }
    return left;
  }

  private RunRequest sequences() {
    return RunRequest.ofSequences(request.sequences())
        .withTokenTypes(request.tokenTypes())
        .withPictures(request.pictures());
  }

  /** What leaves the last block, {@code [T · d]}. */
  private float[] leaving(int sequence, BatchEdits hooks, Progress progress) {
    progress.report(Double.NaN, "checking cells that changed next to nothing");
    try (NDManager scope = model.newScope()) {
      PassInput input =
          model.runner().read(sequences(), sequence, Integer.MAX_VALUE, scope, progress.silent());
      try (NDArray x = model.transformer().stream(input, hooks, progress.silent(), scope)) {
        return HostMemory.copy(x);
      }
    }
  }
}
