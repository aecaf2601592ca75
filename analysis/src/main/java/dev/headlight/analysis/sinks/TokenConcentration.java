package dev.headlight.analysis.sinks;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Intervention.MaskEdges;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * On how few tokens a sequence's attention concentrates: numbers by which texts are chosen. Columns
 * are those of {@link SinkStatistics}, averaged over all heads.
 *
 * @param sequence index of the sequence
 * @param tokens its ids
 * @param columnScores mean attention to each token over the queries that see it, over all heads:
 *     {@code [T]}, 0 to 1; not copied
 * @param shares share of all attention that goes to each token: {@code [T]}, summing to 1; not
 *     copied
 */
public record TokenConcentration(
    int sequence, int[] tokens, double[] columnScores, double[] shares) {
  /**
   * The loss with tokens hidden.
   *
   * @param count how many tokens are hidden
   * @param loss mean next-token loss of the whole sequence, nats
   * @param top the same with the {@code count} tokens of largest share hidden from every query
   * @param random the same with as many others hidden, mean over the draws; NaN where there are not
   *     enough
   */
  public record Masked(int count, double loss, double top, double random) {}

  /** The concentration of every sequence; no pass is made. */
  public static List<TokenConcentration> of(SinkStatistics statistics) {
    return statistics.sequences().stream().map(s -> of(statistics.spec(), s)).toList();
  }

  private static TokenConcentration of(ModelSpec spec, SequenceSinks sinks) {
    int length = sinks.length();
    int count = spec.layers() * spec.heads();
    double[] scores = new double[length];
    double[] shares = new double[length];
    for (int i = 0; i < count; i++) {
      Head head = new Head(i / spec.heads(), i % spec.heads());
      float[] means = sinks.columnMeans(head);
      for (int k = 0; k < length; k++) {
        int rows = UniformAttention.rows(k, length, spec.scoreRule(head.layer()));
        scores[k] += means[k] / count;
        shares[k] += (double) means[k] * rows / length / count;
      }
    }
    return new TokenConcentration(sinks.index(), sinks.tokens(), scores, shares);
  }

  /** Positions by share, largest first. */
  public List<Integer> ranked() {
    return IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> -shares[k]))
        .toList();
  }

  /**
   * Cumulative share of the {@code count} tokens that most attention goes to; beside it stands
   * {@link UniformAttention#topShare}.
   *
   * @return 0 to 1; 1 from T on
   */
  public double topShare(int count) {
    return Arrays.stream(shares).map(s -> -s).sorted().limit(count).map(s -> -s).sum();
  }

  /**
   * What the model loses without the tokens that attention concentrates on, beside equally many
   * others: they are hidden from every query, their own included, in all heads.
   *
   * @param pictures of the sequence, as {@link SinkRequest#picturesOf} has them
   * @param counts how many tokens are hidden, each 1 or more and below T
   * @param draws how many random choices the other loss is the mean of
   * @throws HeadlightException when a count does not fit the sequence
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public List<Masked> masked(
      Model model,
      List<Pixels> pictures,
      List<Integer> counts,
      int draws,
      Random random,
      Progress progress) {
    List<Cell> cells = new ArrayList<>();
    for (int count : counts) {
      if (count < 1 || count >= tokens.length) {
        throw new HeadlightException(
            Kind.INPUT,
            "%d of sequence %d's %d tokens cannot be hidden; hide 1 to %d"
                .formatted(count, sequence, tokens.length, tokens.length - 1));
      }
      List<Integer> ranked = ranked();
      cells.add(hidden(ranked.subList(0, count)));
      List<Integer> others = new ArrayList<>(ranked.subList(count, ranked.size()));
      for (int d = 0; others.size() >= count && d < draws; d++) {
        Collections.shuffle(others, random);
        cells.add(hidden(others.subList(0, count)));
      }
    }
    SweepRequest request =
        new SweepRequest(List.of(tokens), cells, Metrics.loss()).withPictures(pictures);
    SweepResult result = Sweep.run(model, request, SweepListener.NONE, progress);
    List<Masked> masked = new ArrayList<>();
    int cell = 0;
    for (int count : counts) {
      double top = result.values()[cell++][0];
      double others = 0;
      int drawn = tokens.length - count >= count ? draws : 0;
      for (int d = 0; d < drawn; d++) {
        others += result.values()[cell++][0] / drawn;
      }
      masked.add(new Masked(count, result.baseline()[0], top, drawn == 0 ? Double.NaN : others));
    }
    return List.copyOf(masked);
  }

  private static Cell hidden(List<Integer> keys) {
    HeadSet all = HeadSet.parse("L*H*");
    List<Intervention> cuts = new ArrayList<>();
    for (int key : keys) {
      cuts.add(new MaskEdges(all, Positions.ALL, Positions.at(key)));
    }
    return new Cell(cuts);
  }
}
