package dev.headlight.analysis.ablation;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sweep.SweepListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the effects of a few heads add up. Heads that back each other up do little alone and much
 * together (Wang et al. 2023, section 3.4): the effect of a pair is then more than the sum.
 *
 * @param metric that is read
 * @param baseline its mean with all heads
 * @param heads n heads, in order
 * @param single change of the metric's mean without one of them, {@code [n]}
 * @param pairs change without two of them, {@code [n][n]}, with the single ones on the diagonal
 * @param together change without all of them
 */
public record Interaction(
    AblationMetric metric,
    double baseline,
    List<Head> heads,
    double[] single,
    double[][] pairs,
    double together) {
  /** Most heads whose pairs are looked at: 276 pairs. */
  public static final int MOST = 24;

  /** Copies what is mutable. */
  public Interaction {
    heads = List.copyOf(heads);
    single = single.clone();
    pairs = Arrays.stream(pairs).map(double[]::clone).toArray(double[][]::new);
  }

  /** Sum of the single changes. */
  public double sum() {
    return Arrays.stream(single).sum();
  }

  /** Change without a pair less the sum of the two single changes; 0 on the diagonal. */
  public double beyondSum(int i, int j) {
    return i == j ? 0 : pairs[i][j] - single[i] - single[j];
  }

  /**
   * Computes singles, pairs and all together, as one sweep.
   *
   * @param request whose sequences, treatment and metric are taken; its targets are not
   * @param heads two to {@value #MOST}
   * @param listener hears singles, then pairs row by row, then all together
   * @throws HeadlightException when there are too few or too many heads
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Interaction run(
      Model model,
      AblationRequest request,
      HeadSet heads,
      SweepListener listener,
      Progress progress) {
    List<Head> all = List.copyOf(heads.resolve(model.spec()));
    if (all.size() < 2 || all.size() > MOST) {
      throw new HeadlightException(
          Kind.INPUT,
          "pairs: expected 2 to %d heads, found %d in %s".formatted(MOST, all.size(), heads));
    }
    List<Target> targets = new ArrayList<>(all.stream().map(Target::of).toList());
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        targets.add(Target.of(HeadSet.of(List.of(all.get(i), all.get(j)))));
      }
    }
    targets.add(Target.of(HeadSet.of(all)));
    AblationResult result = new Ablation(model, request.with(targets)).run(listener, progress);
    return of(all, result);
  }

  private static Interaction of(List<Head> heads, AblationResult result) {
    int n = heads.size();
    double[] deltas = result.runs().stream().mapToDouble(AblationRun::delta).toArray();
    double[][] pairs = new double[n][n];
    for (int i = 0, at = n; i < n; i++) {
      pairs[i][i] = deltas[i];
      for (int j = i + 1; j < n; j++, at++) {
        pairs[i][j] = deltas[at];
        pairs[j][i] = deltas[at];
      }
    }
    return new Interaction(
        result.request().metric(),
        result.mean(),
        heads,
        Arrays.copyOf(deltas, n),
        pairs,
        deltas[deltas.length - 1]);
  }
}
