package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.sweep.Cell;
import dev.headlight.analysis.sweep.Metrics;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import dev.headlight.analysis.sweep.SweepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How much texts need the retrieval heads: (loss without them − loss) / loss, their attention made
 * uniform in the whole pass (Hua et al. 2025, AttentionInfluence, arXiv 2505.07293). Texts are
 * ranked within their domain only; what is compared over domains says nothing.
 *
 * <p>A cancelled measurement keeps its texts: the next call of {@link #run} goes on where it ended.
 */
public final class AttentionInfluence {
  /** Losses below this count as this, since a text known by heart would divide by nothing. */
  public static final double FLOOR = 1e-3;

  /** Share of the heads that the paper masks. */
  public static final double SHARE = 0.05;

  private final List<Sample> samples;
  private final Sweep sweep;

  /**
   * A text.
   *
   * @param domain among whose texts it is ranked; may be empty
   * @param title for tables, such as its first words
   * @param tokens ids, two or more; cut beforehand where the text is long
   */
  public record Sample(String domain, String title, int[] tokens) {
    /** Copies the ids. */
    public Sample {
      tokens = tokens.clone();
    }
  }

  /**
   * What was found of a text.
   *
   * @param index of the text among those given
   * @param rank within its domain, 1 for the largest influence
   * @param loss mean next-token cross-entropy of the unchanged model, nats
   * @param masked the same without the heads
   * @param influence (masked − loss) / max(loss, {@link #FLOOR})
   */
  public record Influence(int index, int rank, double loss, double masked, double influence) {}

  /**
   * A measurement of which nothing is done yet.
   *
   * @param heads that are masked, at least one
   * @throws HeadlightException when there is no text or no head, or the model cannot read one
   */
  public AttentionInfluence(Model model, List<Sample> samples, List<Head> heads) {
    if (samples.isEmpty() || heads.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "influence needs texts and heads; found %d and %d"
              .formatted(samples.size(), heads.size()));
    }
    this.samples = List.copyOf(samples);
    Cell uniform =
        Cell.of(
            new Intervention.Ablate(Intervention.Mode.UNIFORM, HeadSet.of(heads), Positions.ALL));
    List<int[]> ids = samples.stream().map(Sample::tokens).toList();
    sweep = new Sweep(model, new SweepRequest(ids, List.of(uniform), Metrics.loss()));
  }

  /** As many heads as the paper masks: the top share of a ranking, at least one. */
  public static int count(int heads) {
    return Math.max(1, (int) Math.round(SHARE * heads));
  }

  /**
   * Computes what is not there yet.
   *
   * @return all texts, in their order
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public List<Influence> run(Progress progress) {
    return ranked(sweep.run(SweepListener.NONE, progress));
  }

  private List<Influence> ranked(SweepResult result) {
    double[] influence = new double[samples.size()];
    for (int i = 0; i < influence.length; i++) {
      influence[i] = influence(result.baseline()[i], result.values()[0][i]);
    }
    Integer[] order = new Integer[influence.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -influence[i]));
    int[] ranks = new int[influence.length];
    for (int i = 0; i < order.length; i++) {
      String domain = samples.get(order[i]).domain();
      int before = 0;
      for (int j = 0; j < i; j++) {
        before += samples.get(order[j]).domain().equals(domain) ? 1 : 0;
      }
      ranks[order[i]] = before + 1;
    }
    List<Influence> all = new ArrayList<>();
    for (int i = 0; i < influence.length; i++) {
      all.add(
          new Influence(i, ranks[i], result.baseline()[i], result.values()[0][i], influence[i]));
    }
    return all;
  }

  /** The formula. */
  static double influence(double loss, double masked) {
    return (masked - loss) / Math.max(loss, FLOOR);
  }
}
