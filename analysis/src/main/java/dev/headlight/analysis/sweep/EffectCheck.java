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
import dev.headlight.analysis.run.TowerChanges;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<Integer, TowerChanges> changes = new HashMap<>();
    cells.forEach(
        c -> changes.put(c, TowerChanges.of(request.cells().get(c).changes(), model.spec())));
    List<Intervention> main =
        changes.values().stream().flatMap(c -> c.main().stream()).distinct().toList();
    RunRequest sequences =
        RunRequest.ofSequences(request.sequences())
            .withTokenTypes(request.tokenTypes())
            .withPictures(request.pictures());
    Preparer preparer =
        new Preparer(model.runner(), sequences, request.substitutes(), main, progress.silent());
    for (int s = 0; s < request.sequences().size() && !left.isEmpty(); s++) {
      int sequence = s;
      int length = request.sequences().get(s).length;
      float[] before = leaving(sequences, s, BatchEdits.none(length), progress);
      left.removeIf(
          cell -> {
            PreparedEdits edits = preparer.prepare(changes.get(cell).main(), sequence);
            BatchEdits hooks = new BatchEdits(List.of(edits), length);
            RunRequest changed = sequences.withInterventions(request.cells().get(cell).changes());
            return !Arrays.equals(before, leaving(changed, sequence, hooks, progress));
          });
    }
    return left;
  }

  /** What leaves the last block, {@code [T · d]}; the request's changes in the tower are made. */
  private float[] leaving(RunRequest changed, int sequence, BatchEdits hooks, Progress progress) {
    progress.report(Double.NaN, "checking cells that changed next to nothing");
    Progress silent = progress.silent();
    try (NDManager scope = model.newScope()) {
      PassInput input = model.runner().read(changed, sequence, Integer.MAX_VALUE, scope, silent);
      try (NDArray x = model.transformer().stream(input, hooks, silent, scope)) {
        return HostMemory.copy(x);
      }
    }
  }
}
