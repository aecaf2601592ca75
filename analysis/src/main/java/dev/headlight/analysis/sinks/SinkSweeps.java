package dev.headlight.analysis.sinks;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.HeadEffect.Direction;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which heads a change of their sinks serves, one head at a time. */
public final class SinkSweeps {
  /** γ that are tried: half and twice the first token's weight. */
  public static final List<Double> GAMMAS = List.of(0.5, 2.0);

  private SinkSweeps() {}

  /**
   * The cells of {@link #zeroTuning}, for estimates and for those who sweep themselves: every γ of
   * the first head, then of the next.
   */
  public static List<Cell> zeroTuningCells(Collection<Head> heads, List<Double> gammas) {
    List<Cell> cells = new ArrayList<>();
    for (Head head : heads) {
      for (double gamma : gammas) {
        cells.add(Cell.of(SinkInterventions.zeroTuning(HeadSet.of(head), gamma)));
      }
    }
    return cells;
  }

  /**
   * ZeroTuning's first step (Han et al. 2025): scales the first token's attention of one head at a
   * time. A head is up-effective where the best γ is above 1 and better than no change,
   * down-effective where it is below.
   *
   * @param prompts with their pictures
   * @param gammas γ, each above 0 and not 1
   * @param metric such as {@link Metrics#loss()} or {@link Metrics#entropy()}
   * @param lowerIsBetter whether a metric that falls is a gain, as of a loss
   * @param listener hears each cell of {@link #zeroTuningCells}
   * @throws HeadlightException when the model cannot read a sequence
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static HeadEffects zeroTuning(
      Model model,
      RunRequest prompts,
      Collection<Head> heads,
      List<Double> gammas,
      Metric metric,
      boolean lowerIsBetter,
      SweepListener listener,
      Progress progress) {
    SweepRequest request =
        new SweepRequest(prompts.sequences(), zeroTuningCells(heads, gammas), metric)
            .withPictures(prompts.pictures());
    SweepResult result = Sweep.run(model, request, listener, progress);
    List<HeadEffect> effects = new ArrayList<>();
    int cell = 0;
    for (Head head : heads) {
      double[] deltas = new double[gammas.size()];
      for (int g = 0; g < deltas.length; g++) {
        deltas[g] = result.delta(cell++);
      }
      effects.add(effect(head, deltas, gammas, lowerIsBetter));
    }
    return new HeadEffects(metric.name(), metric.unit(), gammas, mean(result.baseline()), effects);
  }

  private static HeadEffect effect(
      Head head, double[] deltas, List<Double> settings, boolean lowerIsBetter) {
    int best = -1;
    double gain = 0;
    for (int i = 0; i < deltas.length; i++) {
      double better = lowerIsBetter ? -deltas[i] : deltas[i];
      if (better > gain) {
        gain = better;
        best = i;
      }
    }
    Direction direction =
        best < 0 ? Direction.NONE : settings.get(best) > 1 ? Direction.UP : Direction.DOWN;
    return new HeadEffect(head, deltas, best, direction);
  }

  /**
   * ACT's calibration of heads (Yu et al. 2024): each head's later sinks are moved alone, sequence
   * by sequence with the sinks that it has there; heads whose loss falls are the ones to calibrate
   * ({@link Direction#DOWN}). The paper leaves out the first two layers and the last, and asks for
   * about 900 samples.
   *
   * @param statistics of the sequences, unchanged
   * @param theta θ, at least the floor of the statistics
   * @param beta β, 0 to 1
   * @return changes of the mean next-token loss, nats
   * @throws HeadlightException when the statistics were measured under changes
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static HeadEffects act(
      Model model,
      SinkStatistics statistics,
      Collection<Head> heads,
      double theta,
      double beta,
      Progress progress) {
    if (!statistics.request().interventions().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "ACT finds later sinks in the unchanged model; measure without interventions first");
    }
    List<Head> all = List.copyOf(heads);
    double[] deltas = new double[all.size()];
    double baseline = 0;
    double count = statistics.sequences().size();
    for (int s = 0; s < count; s++) {
      SequenceSinks sinks = statistics.sequences().get(s);
      List<Integer> changed = new ArrayList<>();
      List<Cell> cells = new ArrayList<>();
      for (int h = 0; h < all.size(); h++) {
        List<Intervention> moved = SinkInterventions.act(sinks, List.of(all.get(h)), theta, beta);
        if (!moved.isEmpty()) {
          changed.add(h);
          cells.add(new Cell(moved));
        }
      }
      SweepRequest request =
          new SweepRequest(List.of(sinks.tokens()), cells, Metrics.loss())
              .withPictures(statistics.request().picturesOf(sinks.index()));
      SweepResult result =
          Sweep.run(model, request, SweepListener.NONE, progress.part(s / count, (s + 1) / count));
      baseline += result.baseline()[0] / count;
      for (int c = 0; c < cells.size(); c++) {
        deltas[changed.get(c)] += result.delta(c) / count;
      }
    }
    List<Double> settings = List.of(beta);
    List<HeadEffect> effects = new ArrayList<>();
    for (int h = 0; h < deltas.length; h++) {
      effects.add(effect(all.get(h), new double[] {deltas[h]}, settings, true));
    }
    return new HeadEffects("loss", "nats", settings, baseline, effects);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
