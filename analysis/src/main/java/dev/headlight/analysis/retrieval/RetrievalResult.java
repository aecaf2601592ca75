package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.analysis.scores.HeadTableBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers to episodes, and what they say of each head. Immutable.
 *
 * @param layers number of layers
 * @param heads query heads a layer
 * @param episodes that were asked
 * @param results one an episode; null where it is not answered yet
 */
public record RetrievalResult(
    int layers, int heads, List<Episode> episodes, List<EpisodeResult> results) {
  /** From this score on a head is called a retrieval head (Wu et al. 2024). */
  public static final double RETRIEVAL = 0.1;

  /** From this score on it is called a strong one. */
  public static final double STRONG = 0.5;

  /** Copies the lists. */
  public RetrievalResult {
    episodes = List.copyOf(episodes);
    results = Collections.unmodifiableList(new ArrayList<>(results));
  }

  /** Whether every episode is answered. */
  public boolean complete() {
    return !results.contains(null);
  }

  /** Indices of the episodes that were answered rightly. */
  public List<Integer> successes() {
    return indices(true);
  }

  /**
   * Indices of the episodes that were answered wrongly or not at all; their steps count in no
   * score.
   */
  public List<Integer> failures() {
    return indices(false);
  }

  private List<Integer> indices(boolean success) {
    return IntStream.range(0, results.size())
        .filter(i -> results.get(i) != null && results.get(i).success() == success)
        .boxed()
        .toList();
  }

  /** Share of the answered episodes that were answered rightly, 0 to 1; NaN before the first. */
  public double success() {
    int right = successes().size();
    return (double) right / (right + failures().size());
  }

  /** Whether scores have a value: without one right answer they are undefined, not 0. */
  public boolean defined() {
    return !successes().isEmpty();
  }

  /** Computes a number of every head from one successful episode. */
  @FunctionalInterface
  interface OfEpisode {
    double[] numbers(EpisodeResult result, Episode episode, int count);
  }

  /**
   * Mean over the successful episodes; {@code runs} is their number, and all is NaN where there is
   * none.
   */
  HeadTable mean(OfEpisode numbers) {
    HeadTableBuilder builder = new HeadTableBuilder(layers, heads);
    for (int i : successes()) {
      builder.add(numbers.numbers(results.get(i), episodes.get(i), layers * heads));
    }
    return builder.build();
  }

  /**
   * The retrieval score by the authors' code: Σ over decoded tokens of 1/|needle| where the key
   * with the largest weight is a token of the needle and the one that is written; mean over the
   * successful episodes. 0 or more; a position that is copied twice counts twice.
   */
  public HeadTable score() {
    return mean(EpisodeResult::byCode);
  }

  /**
   * The retrieval score by the paper's formula, |g ∩ k| / |k|: the share of the needle's positions
   * that the head copied, each once. 0 to 1.
   */
  public HeadTable paperScore() {
    return mean(EpisodeResult::byPaper);
  }

  /** Share of the successful episodes in which the head copied at least one token, 0 to 1. */
  public HeadTable activationFrequency() {
    return mean(
        (result, episode, count) -> {
          double[] scores = result.byCode(episode, count);
          return IntStream.range(0, count).mapToDouble(i -> scores[i] > 0 ? 1 : 0).toArray();
        });
  }

  /** Mean weight on the needle over the decoded tokens of the successful episodes, 0 to 1. */
  public HeadTable needleWeight() {
    return mean(
        (result, episode, count) -> Steps.mean(result.steps(), DecodedStep::onNeedle, count));
  }

  /** Share of heads whose score is above a bound, 0 to 1; NaN where scores are undefined. */
  public double shareAbove(double bound) {
    double[] values = score().values();
    long above = IntStream.range(0, values.length).filter(i -> values[i] > bound).count();
    return defined() ? (double) above / values.length : Double.NaN;
  }
}
