package dev.headlight.analysis.scores;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.scores.HeadScore.Range;
import java.util.List;

/**
 * The scores that attention weights alone give. A[i, k] is the attention of query i to key k; S the
 * number of ids after which a sequence repeats, b that of the ids in front of the first copy.
 */
public final class StandardScores {
  private static final String STRIPES =
      "Olsson et al. 2022, In-context Learning and Induction Heads; stripes as in TransformerLens";

  private static final ScoreJob REPEATS = RepeatsJob.STANDARD;

  /** Mean entropy of a row. */
  public static final HeadScore ENTROPY =
      HeadScore.ofPass(
          "entropy",
          "Entropy",
          "nats",
          "mean over queries of −Σ A ln A",
          "Clark et al. 2019, What Does BERT Look At?",
          Range.POSITIVE,
          HeadStatistics::entropy);

  /** Mean distance between query and key. */
  public static final HeadScore DISTANCE =
      HeadScore.ofPass(
          "distance",
          "Distance",
          "tokens",
          "mean over queries of Σ A·|query − key|",
          "Vig and Belinkov 2019, Analyzing the Structure of Attention",
          Range.POSITIVE,
          HeadStatistics::distance);

  /** Share of the first token, α₀. */
  public static final HeadScore FIRST =
      HeadScore.ofPass(
          "first",
          "First token",
          "",
          "mean over queries of A[i, 0], query 0 counted",
          "α₀ of Gu et al. 2024, When Attention Sink Emerges in Language Models",
          Range.SHARE,
          HeadStatistics::firstShare);

  /** Share of the token before. */
  public static final HeadScore PREVIOUS =
      HeadScore.ofPass(
          "previous",
          "Previous token",
          "",
          "mean over queries i ≥ 1 of A[i, i−1]",
          STRIPES,
          Range.SHARE,
          HeadStatistics::previousShare);

  /** Share of the token after the earlier copy of the query's own. */
  public static final HeadScore INDUCTION =
      HeadScore.ofJob(
          "induction",
          "Induction",
          "",
          "mean over queries i ≥ b+S of A[i, i−(S−1)], on ids that repeat after S",
          STRIPES,
          Range.SHARE,
          REPEATS);

  /** Share of the earlier copy of the query's own token. */
  public static final HeadScore DUPLICATE =
      HeadScore.ofJob(
          "duplicate",
          "Duplicate token",
          "",
          "mean over queries i ≥ b+S of A[i, i−S], on ids that repeat after S",
          "Wang et al. 2022, Interpretability in the Wild; stripes as in TransformerLens",
          Range.SHARE,
          REPEATS);

  /** {@link #PREVIOUS} where neighbours have nothing to do with each other. */
  public static final HeadScore PREVIOUS_RANDOM =
      HeadScore.ofJob(
          "previousRandom",
          "Previous token, random ids",
          "",
          "mean over queries i ≥ 1 of A[i, i−1], on repeated random ids",
          STRIPES,
          Range.SHARE,
          REPEATS);

  private StandardScores() {}

  /** All of them. */
  public static List<HeadScore> all() {
    return List.of(ENTROPY, DISTANCE, FIRST, PREVIOUS, INDUCTION, DUPLICATE, PREVIOUS_RANDOM);
  }
}
