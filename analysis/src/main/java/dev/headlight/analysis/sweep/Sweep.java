package dev.headlight.analysis.sweep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.model.PassStart;
import dev.headlight.analysis.model.PromptFrame;
import dev.headlight.analysis.model.Transformer;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Preparer;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.run.TowerChanges;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Many passes over the same prompts, each with other changes, as ablation maps and patching maps
 * ask for. The unchanged pass is computed once; a cell starts at the block and the position where
 * its changes begin; cells of one block are one batch; the last block and the unembedding compute
 * what the metric reads. The numbers are those of whole passes, up to rounding. A cell that changes
 * the tower that reads pictures ({@code zero:vision.L0H1}) is the tower's whole pass and the
 * model's behind it.
 *
 * <p>A cancelled sweep keeps its cells: the next call of {@link #run} goes on where it ended.
 */
public final class Sweep {
  private final Model model;
  private final Transformer transformer;
  private final SweepRequest request;
  private final List<TowerChanges> changes;
  private final double[] baseline;
  private final double[][] values;

  /**
   * A sweep of which nothing is computed yet.
   *
   * @throws HeadlightException when the model cannot read one of the prompts, or has no logits
   */
  public Sweep(Model model, SweepRequest request) {
    this.model = model;
    this.request = request;
    transformer = model.transformer();
    Sites.require(model.spec(), Site.LOGITS);
    changes =
        request.cells().stream().map(c -> TowerChanges.of(c.changes(), model.spec())).toList();
    int sequences = request.sequences().size();
    baseline = filled(sequences);
    values = new double[request.cells().size()][];
    Arrays.setAll(values, c -> filled(sequences));
    model.runner().check(sequences());
    for (int s = 0; s < sequences; s++) {
      int length = request.sequences().get(s).length;
      int needed = least(request.metric().reads(s));
      if (needed > 1 && model.spec().pooled()) {
        throw new HeadlightException(
            Kind.INPUT,
            "%s is read after every token, and %s answers once for all of them; take another metric"
                .formatted(request.metric().name(), model.spec().family()));
      }
      if (length < needed) {
        throw new HeadlightException(
            Kind.INPUT,
            "%s needs %d tokens or more: prompt %d has %d token%s"
                .formatted(request.metric().name(), needed, s, length, length == 1 ? "" : "s"));
      }
    }
  }

  /** How many tokens a prompt must have. */
  private static int least(ReadOut read) {
    if (read instanceof ReadOut.Continuation next) {
      return next.ids().length;
    }
    return read instanceof ReadOut.NextTokens ? 2 : 1;
  }

  /** Computes every cell; the short form of a sweep that is not resumed. */
  public static SweepResult run(
      Model model, SweepRequest request, SweepListener listener, Progress progress) {
    return new Sweep(model, request).run(listener, progress);
  }

  private static double[] filled(int count) {
    double[] nothing = new double[count];
    Arrays.fill(nothing, Double.NaN);
    return nothing;
  }

  private RunRequest sequences() {
    return RunRequest.ofSequences(request.sequences())
        .withTokenTypes(request.tokenTypes())
        .withPictures(request.pictures());
  }

  /** What is there so far. */
  public SweepResult result() {
    return new SweepResult(baseline, values);
  }

  /**
   * Computes the cells that are not there yet.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; the cells
   *     that the listener heard of stay
   * @throws HeadlightException when a change does not fit the model or a prompt
   */
  public SweepResult run(SweepListener listener, Progress progress) {
    return model.guarded(() -> cells(listener, progress));
  }

  private SweepResult cells(SweepListener listener, Progress progress) {
    List<Intervention> all = changes.stream().flatMap(c -> c.main().stream()).distinct().toList();
    Preparer preparer =
        new Preparer(model.runner(), sequences(), request.substitutes(), all, progress.silent());
    double count = request.sequences().size();
    for (int s = 0; s < count; s++) {
      sequence(s, preparer, listener, progress.part(s / count, (s + 1) / count));
    }
    return result();
  }

  private void sequence(int s, Preparer preparer, SweepListener listener, Progress progress) {
    List<Integer> todo =
        IntStream.range(0, values.length).filter(c -> Double.isNaN(values[c][s])).boxed().toList();
    if (todo.isEmpty() && !Double.isNaN(baseline[s])) {
      return;
    }
    List<PreparedEdits> edits = changes.stream().map(c -> preparer.prepare(c.main(), s)).toList();
    int length = request.sequences().get(s).length;
    List<Batch> batches =
        Batch.of(
            transformer.spec(),
            edits,
            todo.stream().filter(c -> !changes.get(c).inTower()).toList(),
            length);
    List<Integer> seeing = todo.stream().filter(c -> changes.get(c).inTower()).toList();
    try (NDManager scope = model.newScope()) {
      Sequence sequence = new Sequence(s, edits, scope, progress.silent());
      sequence.unchanged(needed(batches));
      double whole = (double) length * transformer.spec().layers();
      double work =
          batches.stream().mapToDouble(b -> b.work(transformer.spec(), length)).sum()
              + whole * seeing.size();
      double done = 0;
      for (Batch batch : batches) {
        progress.report(done / work, "cells from layer " + Math.max(0, batch.layer()) + " on");
        sequence.compute(batch, listener);
        done += batch.work(transformer.spec(), length);
      }
      for (int cell : seeing) {
        progress.report(done / work, "cells of the tower");
        progress.check();
        sequence.seen(cell, listener);
        done += whole;
      }
    }
  }

  /** Which values of the unchanged pass the batches start from. */
  private Set<HookName> needed(List<Batch> batches) {
    Set<HookName> names = new HashSet<>();
    for (Batch b : batches) {
      if (b.layer() >= 0) {
        names.add(HookName.of(Site.RESID_PRE, b.layer()));
      }
      if (b.afterHeads()) {
        names.add(HookName.of(Site.Z, b.layer()));
      }
      for (int l = b.layer(); b.row() > 0 && l < transformer.spec().layers(); l++) {
        names.add(HookName.of(Site.ROT_K, l));
        names.add(HookName.of(Site.V, l));
      }
    }
    return names;
  }

  /** The cells of one sequence. */
  private final class Sequence {
    private final int index;
    private final int[] tokens;
    private final List<PreparedEdits> edits;
    private final NDManager scope;
    private final Progress progress;
    private final Reader reader;
    private final PassInput input;
    private KeptPass kept;
    private float[] unchanged;

    Sequence(int index, List<PreparedEdits> edits, NDManager scope, Progress progress) {
      this.index = index;
      this.edits = edits;
      this.scope = scope;
      this.progress = progress;
      tokens = request.sequences().get(index);
      reader = new Reader(transformer, request.metric().reads(index), tokens);
      input = model.runner().read(sequences(), index, reader.tail(), scope, progress);
    }

    void unchanged(Set<HookName> names) {
      kept = new KeptPass(names, tokens.length, scope);
      try (NDArray x = stream(kept)) {
        unchanged = reader.read(x, null, BatchEdits.none(tokens.length), scope)[0];
      }
      baseline[index] = request.metric().value(index, unchanged, unchanged);
    }

    /** The whole pass up to what leaves the last block. */
    private NDArray stream(Hooks hooks) {
      return transformer.stream(input, hooks, progress, scope);
    }

    void compute(Batch batch, SweepListener listener) {
      List<PreparedEdits> rows = batch.cells().stream().map(edits::get).toList();
      BatchEdits hooks = new BatchEdits(rows, tokens.length);
      float[][] read;
      try (NDManager inner = scope.newSubManager()) {
        NDArray x = batch.layer() < 0 ? stream(hooks) : resume(batch, hooks, inner);
        x.attach(inner);
        read = reader.read(x, unchanged, hooks, inner);
      }
      for (int i = 0; i < read.length; i++) {
        put(batch.cells().get(i), read[i], listener);
      }
    }

    /** A cell whose picture is seen otherwise: the whole pass, the tower's first. */
    void seen(int cell, SweepListener listener) {
      BatchEdits hooks = new BatchEdits(List.of(edits.get(cell)), tokens.length);
      RunRequest changed = sequences().withInterventions(request.cells().get(cell).changes());
      try (NDManager inner = scope.newSubManager()) {
        PassInput otherwise = model.runner().read(changed, index, reader.tail(), inner, progress);
        NDArray x = transformer.stream(otherwise, hooks, progress, inner);
        x.attach(inner);
        put(cell, reader.read(x, unchanged, hooks, inner)[0], listener);
      }
    }

    private void put(int cell, float[] read, SweepListener listener) {
      values[cell][index] = request.metric().value(index, unchanged, read);
      listener.cell(cell, index, values[cell][index]);
    }

    private NDArray resume(Batch b, Hooks hooks, NDManager inner) {
      int size = b.cells().size();
      NDArray x = kept.rows(Site.RESID_PRE, b.layer(), b.row(), size, inner);
      NDArray z = b.afterHeads() ? kept.rows(Site.Z, b.layer(), b.row(), size, inner) : null;
      PassStart start =
          new PassStart(
              b.layer(),
              x,
              z,
              kept.before(b.row()),
              reader.tail(),
              PromptFrame.of(transformer.spec(), input));
      return transformer.resume(start, hooks, progress, inner);
    }
  }
}
