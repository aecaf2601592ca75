package dev.headlight.analysis.retrieval;

import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScore.Range;
import java.util.List;

/** The scores of this package that every head of any model has. */
public final class RetrievalScores {
  private static final String SOURCE =
      "Wu et al. 2024, Retrieval Head Mechanistically Explains Long-Context Factuality";

  /** By the authors' code. */
  public static final HeadScore RETRIEVAL =
      HeadScore.ofJob(
          "retrieval",
          "Retrieval",
          "",
          "mean over answered needles of Σ 1/|needle| over written tokens whose top key is that"
              + " token in the needle",
          SOURCE + "; retrieval_head_detection.py",
          Range.SHARE,
          RetrievalJob.STANDARD);

  /** By the paper's formula. */
  public static final HeadScore SHARE =
      HeadScore.ofJob(
          "retrievalShare",
          "Retrieval, each position once",
          "",
          "mean over answered needles of |copied positions of the needle| / |needle|",
          SOURCE + ", eq. 1",
          Range.SHARE,
          RetrievalJob.STANDARD);

  /** How often a head copies at all. */
  public static final HeadScore ACTIVATION =
      HeadScore.ofJob(
          "retrievalActivation",
          "Retrieval, activation frequency",
          "",
          "share of answered needles of which the head copied at least one token",
          SOURCE,
          Range.SHARE,
          RetrievalJob.STANDARD);

  private RetrievalScores() {}

  /** All of them. */
  public static List<HeadScore> all() {
    return List.of(RETRIEVAL, SHARE, ACTIVATION);
  }

  /** All of them, measured on other texts. */
  public static List<HeadScore> all(ProbeSource texts) {
    RetrievalJob job = RetrievalJob.STANDARD.reading(texts);
    return all().stream().map(score -> by(score, job)).toList();
  }

  private static HeadScore by(HeadScore score, RetrievalJob job) {
    return HeadScore.ofJob(
        score.id(),
        score.title(),
        score.unit(),
        score.formula(),
        score.source(),
        score.range(),
        job);
  }
}
