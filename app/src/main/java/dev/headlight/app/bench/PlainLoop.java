package dev.headlight.app.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Preparer;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.ReadOut.LastLogits;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.List;

/**
 * A sweep as one writes it first: a whole pass for every cell, with what the changes need read once
 * before. For metrics of the last position.
 */
final class PlainLoop {
  private final Bed bed;
  private final SweepRequest request;
  private final int[] tokens;
  private final Preparer preparer;
  private final float[] unchanged;

  PlainLoop(Bed bed, SweepRequest request) {
    this.bed = bed;
    this.request = request;
    tokens = request.sequences().get(0);
    List<Intervention> changes =
        request.cells().stream().flatMap(c -> c.changes().stream()).distinct().toList();
    RunRequest prompt = RunRequest.of(tokens);
    preparer = new Preparer(bed.model().runner(), prompt, changes, bed.progress());
    unchanged = read(BatchEdits.none(tokens.length));
  }

  /** The metric of one cell. */
  double cell(int index) {
    PreparedEdits edits = preparer.prepare(request.cells().get(index).changes(), 0);
    float[] changed = read(new BatchEdits(List.of(edits), tokens.length));
    return request.metric().value(0, unchanged, changed);
  }

  private float[] read(BatchEdits edits) {
    PassInput input = new PassInput(List.of(tokens), null, false, false);
    int[] ids = ((LastLogits) request.metric().reads(0)).ids();
    try (NDManager scope = bed.model().newScope();
        NDArray logits = bed.model().transformer().forward(input, edits, bed.progress(), scope)) {
      float[] all = logits.toFloatArray();
      float[] some = new float[ids.length];
      for (int i = 0; i < ids.length; i++) {
        some[i] = all[ids[i]];
      }
      return ids.length == 0 ? all : some;
    }
  }
}
