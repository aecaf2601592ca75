package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention.LowRank;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much a model minds when the keys, or the values, of one group keep only their strongest
 * directions: those of a truncated singular value decomposition of the group's activations (keys
 * before rotation) over all positions of the sequences. Weights are not looked at: directions that
 * no token of the sequences uses count for nothing.
 *
 * @param metric that is read
 * @param baseline its mean with whole keys and values
 * @param ranks that were tried, rising
 * @param groups one a layer and key/value group, in order
 */
public record RankSensitivity(
    AblationMetric metric, double baseline, List<Integer> ranks, List<Group> groups) {
  /**
   * A key/value group.
   *
   * @param layer block
   * @param group within the block
   * @param keys change of the metric's mean with keys of each rank, {@code [ranks]}
   * @param values the same with values of each rank
   */
  public record Group(int layer, int group, double[] keys, double[] values) {
    /** Copies the arrays. */
    public Group {
      keys = keys.clone();
      values = values.clone();
    }
  }

  /** Copies the lists. */
  public RankSensitivity {
    ranks = List.copyOf(ranks);
    groups = List.copyOf(groups);
  }

  /**
   * Tries every rank on the keys and on the values of every group, as one sweep.
   *
   * @param request whose sequences and metric are taken; nothing is taken away
   * @param ranks 1 to the width of a head; from there on nothing changes
   * @param listener hears group by group: keys at each rank, then values
   * @throws HeadlightException when a rank is below 1
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static RankSensitivity run(
      Model model,
      AblationRequest request,
      List<Integer> ranks,
      SweepListener listener,
      Progress progress) {
    List<Integer> rising = ranks.stream().sorted().distinct().toList();
    if (rising.isEmpty() || rising.get(0) < 1) {
      throw new HeadlightException(
          Kind.INPUT, "low rank: expected ranks of 1 or more, found " + ranks);
    }
    request.checkReading(model.spec());
    List<Cell> cells = new ArrayList<>();
    int kvHeads = model.spec().kvHeads();
    for (int i = 0; i < model.spec().layers() * kvHeads; i++) {
      for (Site site : List.of(Site.K, Site.V)) {
        for (int rank : rising) {
          cells.add(Cell.of(new LowRank(site, i / kvHeads, Optional.of(i % kvHeads), rank)));
        }
      }
    }
    SweepRequest sweep =
        new SweepRequest(
                request.sequences(),
                request.tokenTypes(),
                cells,
                request.metric().read(request.answers()),
                request.treatment().substitutes())
            .withPictures(request.pictures());
    SweepResult found = Sweep.run(model, sweep, listener, progress);
    return of(request.metric(), rising, kvHeads, found);
  }

  private static RankSensitivity of(
      AblationMetric metric, List<Integer> ranks, int kvHeads, SweepResult found) {
    double[] baseline = Arrays.stream(found.baseline()).map(metric::shown).toArray();
    double mean = Arrays.stream(baseline).average().orElse(Double.NaN);
    double[] deltas =
        Arrays.stream(found.values())
            .mapToDouble(v -> Arrays.stream(v).map(metric::shown).average().orElse(Double.NaN))
            .map(v -> v - mean)
            .toArray();
    int n = ranks.size();
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < deltas.length / (2 * n); i++) {
      double[] keys = Arrays.copyOfRange(deltas, 2 * i * n, (2 * i + 1) * n);
      double[] values = Arrays.copyOfRange(deltas, (2 * i + 1) * n, (2 * i + 2) * n);
      groups.add(new Group(i / kvHeads, i % kvHeads, keys, values));
    }
    return new RankSensitivity(metric, mean, ranks, groups);
  }
}
