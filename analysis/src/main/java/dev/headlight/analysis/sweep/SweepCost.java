package dev.headlight.analysis.sweep;

import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.PassPart;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Preparer;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.TowerChanges;
import dev.headlight.analysis.sweep.ReadOut.Continuation;
import dev.headlight.analysis.sweep.ReadOut.LastLogits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a {@link Sweep} will cost, batch by batch as it will compute it. */
public final class SweepCost {
  private final ModelSpec spec;
  private final SweepRequest request;
  private final List<PassPart> parts = new ArrayList<>();

  private SweepCost(ModelSpec spec, SweepRequest request) {
    this.spec = spec;
    this.request = request;
  }

  /**
   * Estimates a sweep of which nothing is computed yet. Prompts that patches and means are read
   * from are run for it, as the sweep will run them again.
   *
   * @throws dev.headlight.analysis.HeadlightException when a change does not fit the model or a
   *     prompt
   */
  public static CostEstimate of(
      Model model, SweepRequest request, Calibration calibration, Progress progress) {
    CostEstimate passes = CostEstimate.parts(calibration, parts(model, request, progress));
    CostEstimate looking =
        CostEstimate.looking(
            calibration,
            RunRequest.ofSequences(request.sequences()).withPictures(request.pictures()));
    // Once for what is unchanged, and once for each cell that changes the tower.
    long looks =
        1
            + request.cells().stream()
                .filter(c -> TowerChanges.of(c.changes(), model.spec()).inTower())
                .count();
    return passes
        .plus(new CostEstimate(looks * looking.seconds(), looking.bytes()))
        .plus(new CostEstimate(0, kept(model.spec(), request)));
  }

  /**
   * The parts of passes that a sweep computes, in its order, without those of a tower; runs the
   * same prompts.
   */
  public static List<PassPart> parts(Model model, SweepRequest request, Progress progress) {
    SweepCost cost = new SweepCost(model.spec(), request);
    List<TowerChanges> changes =
        request.cells().stream().map(c -> TowerChanges.of(c.changes(), model.spec())).toList();
    List<Intervention> main = changes.stream().flatMap(c -> c.main().stream()).distinct().toList();
    RunRequest prompts =
        RunRequest.ofSequences(request.sequences())
            .withTokenTypes(request.tokenTypes())
            .withPictures(request.pictures());
    Preparer preparer =
        new Preparer(model.runner(), prompts, request.substitutes(), main, progress.silent());
    for (int s = 0; s < request.sequences().size(); s++) {
      cost.sequence(s, changes, preparer);
    }
    return List.copyOf(cost.parts);
  }

  private void sequence(int s, List<TowerChanges> changes, Preparer preparer) {
    List<PreparedEdits> edits = changes.stream().map(c -> preparer.prepare(c.main(), s)).toList();
    int length = request.sequences().get(s).length;
    List<Integer> cells =
        IntStream.range(0, edits.size()).filter(c -> !changes.get(c).inTower()).boxed().toList();
    int seeing = edits.size() - cells.size();
    parts.add(reading(PassPart.whole(length, 1).times(1 + seeing), s));
    for (Batch b : Batch.of(spec, edits, cells, length)) {
      PassPart whole = PassPart.whole(length, 1).lastRows(length - b.row());
      int layer = Math.max(0, b.layer());
      PassPart cell = b.afterHeads() ? whole.behindHeads(layer) : whole.from(layer);
      parts.add(reading(cell.times(b.cells().size()), s));
    }
  }

  private PassPart reading(PassPart part, int s) {
    ReadOut read = request.metric().reads(s);
    if (read instanceof LastLogits last) {
      return part.reading(1, last.ids().length == 0 ? 1 : 0);
    }
    if (read instanceof Continuation next) {
      int rows = Math.min(part.rows(), next.ids().length);
      return part.reading(rows, rows);
    }
    return part.reading(part.rows(), part.rows());
  }

  /**
   * Bytes that a sweep keeps above the weights while it runs: what enters each layer of the longest
   * prompt, with keys, values and heads. Takes no time.
   */
  public static long kept(ModelSpec spec, SweepRequest request) {
    int longest = request.sequences().stream().mapToInt(t -> t.length).max().orElse(0);
    long row = spec.width() + (long) spec.headDim() * (spec.heads() + 2L * spec.kvHeads());
    return Float.BYTES * row * spec.layers() * longest;
  }
}
