package dev.headlight.analysis.sweep;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PassInput;
import dev.headlight.analysis.run.BatchEdits;
import dev.headlight.analysis.run.GradientHooks;
import dev.headlight.analysis.run.GradientRun;
import dev.headlight.analysis.run.HookName;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.PreparedEdits;
import dev.headlight.analysis.run.Preparer;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gradients of a metric with respect to values inside the pass: one forward and one backward pass
 * give all of them. With a difference of values they are first-order estimates of what patching
 * would do (attribution patching, Nanda 2023; Syed et al. 2023).
 */
public final class Gradients {
  private final Model model;
  private final SweepRequest request;
  private final Set<HookName> names;

  private Gradients(Model model, SweepRequest request, Set<HookName> names) {
    this.model = model;
    this.request = request;
    this.names = names;
  }

  /**
   * Differentiates a metric.
   *
   * @param request sequences and metric; its one cell holds the changes in force, none for the
   *     prompt as it is
   * @param names values whose gradients are asked for
   * @return one run a sequence
   * @throws HeadlightException when a prompt, a change or a name does not fit the model
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static List<GradientRun> run(
      Model model, SweepRequest request, Set<HookName> names, Progress progress) {
    if (request.cells().size() != 1) {
      throw new IllegalArgumentException("expected one cell, found " + request.cells().size());
    }
    for (HookName name : names) {
      Sites.require(model.spec(), name.site());
      if (name.layer() >= model.spec().layers()) {
        throw new HeadlightException(
            Kind.INPUT,
            name + " is outside the model: it has " + model.spec().layers() + " layers");
      }
    }
    return model.guarded(() -> new Gradients(model, request, names).all(progress));
  }

  private List<GradientRun> all(Progress progress) {
    RunRequest sequences = sequences();
    model.runner().check(sequences);
    List<Intervention> changes = request.cells().get(0).changes();
    Preparer preparer =
        new Preparer(model.runner(), sequences, request.substitutes(), changes, progress.silent());
    List<GradientRun> runs = new ArrayList<>();
    double count = request.sequences().size();
    for (int s = 0; s < count; s++) {
      runs.add(one(s, preparer, progress.part(s / count, (s + 1) / count)));
    }
    return runs;
  }

  private GradientRun one(int s, Preparer preparer, Progress progress) {
    int[] tokens = request.sequences().get(s);
    List<Intervention> changes = request.cells().get(0).changes();
    Reader reader = new Reader(model.transformer(), request.metric().reads(s), tokens);
    try (NDManager scope = model.newScope()) {
      // What the tower saw is given to the pass: gradients end there.
      PassInput seen = model.runner().read(sequences(), s, Integer.MAX_VALUE, scope, progress);
      return one(s, preparer.prepare(changes, s), changes.isEmpty(), reader, seen, scope, progress);
    }
  }

  private GradientRun one(
      int s,
      PreparedEdits changes,
      boolean plain,
      Reader reader,
      PassInput seen,
      NDManager scope,
      Progress progress) {
    Metric metric = request.metric();
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      float[] baseline = plain ? null : unchanged(s, seen, reader, scope, progress);
      GradientHooks hooks = new GradientHooks(names, changes, seen.length(), scope);
      NDArray logits = model.transformer().forward(input(s, seen, true), hooks, progress, scope);
      NDArray read = reader.differentiable(logits);
      NDArray objective =
          metric.objective(s, baseline == null ? HostMemory.copy(read) : baseline, read);
      collector.backward(objective);
      return new GradientRun(objective.getFloat(), hooks.gradients());
    }
  }

  private RunRequest sequences() {
    return RunRequest.ofSequences(request.sequences())
        .withTokenTypes(request.tokenTypes())
        .withPictures(request.pictures());
  }

  private float[] unchanged(
      int s, PassInput seen, Reader reader, NDManager scope, Progress progress) {
    PassInput input = input(s, seen, false);
    try (NDArray x = model.transformer().stream(input, Hooks.NONE, progress, scope)) {
      return reader.read(x, null, BatchEdits.none(input.length()), scope)[0];
    }
  }

  private PassInput input(int s, PassInput seen, boolean gradients) {
    boolean all = !(request.metric().reads(s) instanceof ReadOut.LastLogits);
    return new PassInput(
        seen.tokens(),
        seen.tokenTypes(),
        null,
        all,
        Integer.MAX_VALUE,
        gradients,
        seen.pictures(),
        seen.hidden());
  }
}
