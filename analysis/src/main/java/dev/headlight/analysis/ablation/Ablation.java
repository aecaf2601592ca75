package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.cost.Calibration;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.cost.FlopCount;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.FreeMemory;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.sweep.EffectCheck;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepCost;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Takes heads away, one target after the other, by one {@link Sweep}; then looks again at those
 * that changed next to nothing, whether they changed anything at all.
 *
 * <p>A cancelled ablation keeps what is there: the next call of {@link #run} goes on where it
 * ended.
 */
public final class Ablation {
  private static final double CHECK = 0.95;

  private final Model model;
  private final AblationRequest request;
  private final SweepRequest cells;
  private final Sweep sweep;
  private final Set<Integer> checked = new TreeSet<>();
  private final Set<Integer> noEffect = new TreeSet<>();

  /**
   * An ablation of which nothing is computed yet.
   *
   * @throws HeadlightException when the request does not fit the model
   */
  public Ablation(Model model, AblationRequest request) {
    request.check(model.spec());
    this.model = model;
    this.request = request;
    cells = request.sweep();
    sweep = new Sweep(model, cells);
  }

  /** Computes everything; the short form of an ablation that is not resumed. */
  public static AblationResult run(Model model, AblationRequest request, Progress progress) {
    return new Ablation(model, request).run(SweepListener.NONE, progress);
  }

  /**
   * Computes the targets that are not there yet.
   *
   * @param listener hears the metric of each target and sequence, by the target's index
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; the targets
   *     that the listener heard of stay
   * @throws HeadlightException when the treatment does not fit the model or a prompt
   */
  public AblationResult run(SweepListener listener, Progress progress) {
    AblationMetric metric = request.metric();
    sweep.run(
        (cell, sequence, value) -> listener.cell(cell, sequence, metric.shown(value)),
        progress.part(0, CHECK));
    checkEffects(progress.part(CHECK, 1));
    return result();
  }

  private void checkEffects(Progress progress) {
    SweepResult found = sweep.result();
    List<Integer> doubtful =
        IntStream.range(0, found.values().length)
            .filter(c -> !checked.contains(c) && doubtful(found, c))
            .boxed()
            .toList();
    if (!doubtful.isEmpty()) {
      noEffect.addAll(EffectCheck.withoutEffect(model, cells, doubtful, progress));
      checked.addAll(doubtful);
    }
  }

  private boolean doubtful(SweepResult found, int cell) {
    return IntStream.range(0, found.baseline().length)
        .allMatch(
            s ->
                Math.abs(found.values()[cell][s] - found.baseline()[s])
                    <= request.metric().rounding(found.baseline()[s]));
  }

  /** What is there so far. */
  public AblationResult result() {
    SweepResult found = sweep.result();
    double[] baseline = shown(found.baseline());
    List<AblationRun> runs = new ArrayList<>();
    for (int t = 0; t < request.targets().size(); t++) {
      Target target = request.targets().get(t);
      double[] values = shown(found.values()[t]);
      double delta =
          IntStream.range(0, values.length).mapToDouble(s -> values[s] - baseline[s]).sum()
              / values.length;
      runs.add(
          new AblationRun(
              target,
              List.copyOf(target.resolve(model.spec())),
              values,
              delta,
              noEffect.contains(t)));
    }
    return new AblationResult(request, baseline, runs);
  }

  private double[] shown(double[] read) {
    return Arrays.stream(read).map(request.metric()::shown).toArray();
  }

  /**
   * What it will take, where that is long enough to measure this machine for; runs the prompts that
   * means are taken from.
   *
   * @throws HeadlightException when the treatment does not fit a prompt, or memory will not be
   *     enough
   */
  public Optional<CostEstimate> cost(Progress progress) {
    Optional<FlopCount> work =
        SweepCost.parts(model, cells, progress).stream()
            .map(part -> FlopCount.computed(model.spec(), part))
            .reduce(FlopCount::plus);
    if (work.isEmpty() || !Calibration.worthwhile(work.get())) {
      return Optional.empty();
    }
    Calibration calibration = Calibration.measure(model, progress.silent());
    CostEstimate cost = SweepCost.of(model, cells, calibration, progress);
    requireMemory(cost.bytes(), FreeMemory.bytes());
    return Optional.of(cost);
  }

  /**
   * Refuses what would not fit into memory before anything is computed; takes no time.
   *
   * @throws HeadlightException that says a cheaper plan
   */
  public void requireMemory() {
    requireMemory(SweepCost.kept(model.spec(), cells), FreeMemory.bytes());
  }

  static void requireMemory(long needed, long free) {
    if (needed > free) {
      throw new HeadlightException(
          Kind.INPUT,
          "this sweep needs %.1f GB of memory above the weights, %.1f GB are free; give shorter prompts: what it keeps grows with the longest one"
              .formatted(needed / 1e9, free / 1e9));
    }
  }
}
