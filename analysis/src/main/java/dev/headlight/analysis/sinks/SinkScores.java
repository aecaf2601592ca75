package dev.headlight.analysis.sinks;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScore.Range;
import java.util.List;

/**
 * The scores of heads that speak of sinks, beside the share of the first token, which every pass
 * has. α_k is the mean attention to key k over the queries that see it.
 */
public final class SinkScores {
  private static final String SINK =
      "Gu et al. 2024, When Attention Sink Emerges in Language Models";

  /** The strongest later sink of a prompt. */
  public static final HeadScore LATER =
      HeadScore.ofPass(
          "laterSink",
          "Later sink",
          "",
          "largest α_k of the keys 1 ≤ k ≤ T−8",
          "Yu et al. 2024, Unveiling and Harnessing Hidden Attention Sinks",
          Range.SHARE,
          SinkScores::later);

  /** How near the rows are to uniform. */
  public static final HeadScore ENTROPY_SHARE =
      HeadScore.ofPass(
          "entropyShare",
          "Entropy over ln T",
          "",
          "mean over queries of −Σ A ln A, over ln T; from 0.75 on early heads are overloaded, near"
              + " 0 deep heads collapsed",
          "Jha and Reagen 2025, Entropy-Guided Attention for Private LLMs",
          Range.SHARE,
          SinkScores::entropyShare);

  /** How often the first token is a sink on ids without meaning. */
  public static final HeadScore RANDOM =
      HeadScore.ofJob(
          "sinkRandom",
          "Sink, random ids",
          "",
          "share of sequences of random ids, none in front, with α₀ > 0.3",
          SINK,
          Range.SHARE,
          SinkJob.RANDOM);

  /** The negative control. */
  public static final HeadScore REPEATED =
      HeadScore.ofJob(
          "sinkRepeated",
          "Sink, one repeated id",
          "",
          "share of sequences of one repeated id, none in front, with α₀ > 0.3; 0 is expected"
              + " without learned positions",
          SINK,
          Range.SHARE,
          SinkJob.REPEATED);

  private SinkScores() {}

  /** All of them. */
  public static List<HeadScore> all() {
    return List.of(LATER, ENTROPY_SHARE, RANDOM, REPEATED);
  }

  /** Those that any pass gives. */
  public static List<HeadScore> ofPass() {
    return List.of(LATER, ENTROPY_SHARE);
  }

  private static Tensor later(HeadStatistics statistics) {
    Tensor columns = statistics.columnMeans();
    int length = columns.size(2);
    float[] most = new float[columns.size(0) * columns.size(1)];
    for (int i = 0; i < most.length; i++) {
      for (int k = 1; k <= length - LaterSink.LEAST_ROWS; k++) {
        most[i] = Math.max(most[i], columns.data()[i * length + k]);
      }
    }
    return new Tensor(most, columns.size(0), columns.size(1));
  }

  private static Tensor entropyShare(HeadStatistics statistics) {
    int length = statistics.columnMeans().size(2);
    float[] shares = statistics.entropy().data().clone();
    for (int i = 0; i < shares.length; i++) {
      shares[i] = length > 1 ? (float) (shares[i] / Math.log(length)) : 0;
    }
    return new Tensor(shares, statistics.entropy().size(0), statistics.entropy().size(1));
  }
}
