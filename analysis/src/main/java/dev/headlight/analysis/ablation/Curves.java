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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What is left of a metric while more and more heads are taken away: first those whose loss alone
 * does most damage, first those whose loss does least, or at random (Michel et al. 2019, figure 3).
 *
 * @param metric that is read
 * @param baseline its mean with all heads
 * @param curves in the order: best first, worst first, random ones by seed
 */
public record Curves(AblationMetric metric, double baseline, List<Curve> curves) {
  /** In which order heads go. */
  public enum Order {
    /** Those first whose loss alone does most damage. */
    BEST_FIRST,
    /** Those first whose loss alone does least damage. */
    WORST_FIRST,
    /** Drawn by a seed. */
    RANDOM;

    /** For people: best first. */
    public String text() {
      return this == RANDOM ? "random" : this == BEST_FIRST ? "best first" : "worst first";
    }
  }

  /**
   * One order of heads.
   *
   * @param order how they are ordered
   * @param seed of a random order; 0 for the others
   * @param heads that go, in order, as many as the largest count
   * @param counts numbers of heads that are taken away, rising
   * @param values mean of the metric without so many heads; NaN where not reached
   */
  public record Curve(Order order, long seed, List<Head> heads, int[] counts, double[] values) {
    /** Copies what is mutable. */
    public Curve {
      heads = List.copyOf(heads);
      counts = counts.clone();
      values = values.clone();
    }
  }

  /** Copies the list. */
  public Curves {
    curves = List.copyOf(curves);
  }

  /**
   * Counts that show a curve's form: 1, 2, 3, 4, then a third more each time, and the most.
   *
   * @param most the largest count, 1 or more
   */
  public static List<Integer> counts(int most) {
    List<Integer> counts = new ArrayList<>();
    for (int n = 1; n < most; n = Math.max(n + 1, n * 4 / 3)) {
      counts.add(n);
    }
    counts.add(most);
    return counts;
  }

  /**
   * Computes the curves; all their points are one sweep.
   *
   * @param singles result of single heads, which says which go first
   * @param counts numbers of heads, 1 to those of the result
   * @param seeds one random curve each
   * @param listener hears points as they are done: cells are curve by curve, count by count
   * @throws HeadlightException when the result is not of single heads, or a count is beyond it
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Curves run(
      Model model,
      AblationResult singles,
      List<Integer> counts,
      List<Long> seeds,
      SweepListener listener,
      Progress progress) {
    List<Head> ranking = singles.ranking();
    int[] rising = counts.stream().mapToInt(c -> c).sorted().distinct().toArray();
    check(ranking, rising);
    List<Curve> orders = orders(ranking, rising, seeds);
    List<Target> targets = new ArrayList<>();
    for (Curve curve : orders) {
      for (int count : rising) {
        String name = (curve.order().text() + " " + count);
        targets.add(new Target(name, HeadSet.of(curve.heads().subList(0, count))));
      }
    }
    AblationRequest request = singles.request().with(targets);
    AblationResult result = new Ablation(model, request).run(listener, progress);
    List<Curve> filled = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      int from = i * rising.length;
      double[] values =
          IntStream.range(from, from + rising.length)
              .mapToDouble(r -> result.mean() + result.runs().get(r).delta())
              .toArray();
      Curve curve = orders.get(i);
      filled.add(new Curve(curve.order(), curve.seed(), curve.heads(), rising, values));
    }
    return new Curves(request.metric(), result.mean(), filled);
  }

  private static void check(List<Head> ranking, int[] counts) {
    if (ranking.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, "a curve needs the effect of single heads; ablate heads one by one first");
    }
    for (int count : counts) {
      if (count < 1 || count > ranking.size()) {
        throw new HeadlightException(
            Kind.INPUT,
            "a curve: expected numbers of heads from 1 to %d, found %d"
                .formatted(ranking.size(), count));
      }
    }
  }

  private static List<Curve> orders(List<Head> ranking, int[] counts, List<Long> seeds) {
    List<Head> reversed = new ArrayList<>(ranking);
    Collections.reverse(reversed);
    List<Curve> orders = new ArrayList<>();
    orders.add(open(Order.BEST_FIRST, 0, ranking, counts));
    orders.add(open(Order.WORST_FIRST, 0, reversed, counts));
    for (long seed : seeds) {
      // Sorted first, so that a seed means the same heads whatever they do.
      List<Head> drawn = new ArrayList<>(ranking);
      Collections.sort(drawn);
      Collections.shuffle(drawn, new Random(seed));
      orders.add(open(Order.RANDOM, seed, drawn, counts));
    }
    return orders;
  }

  private static Curve open(Order order, long seed, List<Head> heads, int[] counts) {
    double[] nothing = new double[counts.length];
    Arrays.fill(nothing, Double.NaN);
    int most = counts.length == 0 ? 0 : counts[counts.length - 1];
    return new Curve(order, seed, heads.subList(0, most), counts, nothing);
  }
}
