package dev.headlight.analysis.roles;

import dev.headlight.analysis.attention.RoleShares;
import dev.headlight.analysis.scores.HeadScore;
import dev.headlight.analysis.scores.HeadScore.Range;
import java.util.List;

/** Scores of roles, and of heads that somebody looks for. Letters as in {@code StandardScores}. */
public final class RoleScores {
  private static final String TEXT =
      "pattern match of TransformerLens's head_detector, over the queries that have a match";

  /** Share of the nearest keys. */
  public static final HeadScore LOCAL =
      HeadScore.ofPass(
          "local",
          "Local",
          "",
          "mean over queries i ≥ %1$d of Σ A[i, k] over |i − k| < %1$d".formatted(RoleShares.NEAR),
          "",
          Range.SHARE,
          s -> s.shares().local());

  /** Share of what a small streaming cache keeps. */
  public static final HeadScore STREAMING =
      HeadScore.ofPass(
          "streaming",
          "Streaming",
          "",
          "mean over queries i ≥ %d of Σ A[i, k] over k < %d or |i − k| < %d"
              .formatted(RoleShares.SINK + RoleShares.NEAR, RoleShares.SINK, RoleShares.NEAR),
          "the mask of Xiao et al. 2023, StreamingLLM, with a small window; mask only",
          Range.SHARE,
          s -> s.shares().streaming());

  /** Induction where copies stand in the prompt itself. */
  public static final HeadScore INDUCTION_TEXT =
      HeadScore.ofPass(
          "inductionText",
          "Induction, on the prompt",
          "",
          "mean over queries whose token stood before of Σ A[i, k] over what followed it there",
          TEXT,
          Range.SHARE,
          s -> s.shares().induction());

  /** Attention to earlier copies in the prompt itself. */
  public static final HeadScore DUPLICATE_TEXT =
      HeadScore.ofPass(
          "duplicateText",
          "Duplicate token, on the prompt",
          "",
          "mean over queries whose token stood before of Σ A[i, k] over where it stood",
          TEXT,
          Range.SHARE,
          s -> s.shares().duplicate());

  /** Whether W_OV writes what it reads. */
  public static final HeadScore COPYING =
      HeadScore.ofJob(
          CopyingJob.ID,
          "Copying (OV)",
          "",
          "Σ Re λ / Σ |λ| over the eigenvalues λ of W_O W_V, the norm's weight folded in",
          "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits",
          Range.SIGNED,
          new CopyingJob());

  /** Whether a token that is read is the token that is written. */
  public static final HeadScore COPYING_TOKENS =
      HeadScore.ofJob(
          CopyingJob.TOKENS,
          "Copying, token to token",
          "",
          "Σ Re λ / Σ |λ| over the eigenvalues λ of W_E W_V W_O W_U, the norms' weights folded in",
          "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits",
          Range.SIGNED,
          new CopyingJob());

  /** How little a map depends on the tokens. */
  public static final HeadScore POSITION_ONLY =
      HeadScore.ofJob(
          PositionJob.ID,
          "Position only",
          "",
          "mean over queries i ≥ 1 and pairs of random sequences a, b of Σ min(A_a[i, k], A_b[i, k])",
          "1 − total variation distance of two attention rows",
          Range.SHARE,
          PositionJob.STANDARD);

  /** Attention between tokens that two regular expressions match. */
  public static final HeadScore RULE =
      HeadScore.ofQuestion(
          RuleJob.ID,
          "Rule",
          "mean over queries that match and see a key that matches of Σ A[i, k] over such keys",
          "",
          Range.SHARE);

  /** {@link #RULE} against attention that is the same everywhere. */
  public static final HeadScore RULE_LIFT =
      HeadScore.ofQuestion(
          RuleJob.LIFT,
          "Rule / uniform",
          "the rule's mean attention, divided by that of uniform attention",
          "",
          Range.POSITIVE);

  /** How much a map resembles a drawn one. */
  public static final HeadScore PATTERN =
      HeadScore.ofQuestion(
          PatternJob.ID,
          "Pattern",
          "Pearson correlation of A[i, k] with the drawn pattern (0 or 1), over visible cells",
          "",
          Range.SIGNED);

  /** Attention on the drawn cells. */
  public static final HeadScore PATTERN_MASS =
      HeadScore.ofQuestion(
          PatternJob.MASS,
          "On pattern",
          "mean over queries that see a drawn cell of Σ A[i, k] over drawn cells",
          "",
          Range.SHARE);

  private RoleScores() {}

  /** All of them. */
  public static List<HeadScore> all() {
    return List.of(
        INDUCTION_TEXT,
        DUPLICATE_TEXT,
        LOCAL,
        STREAMING,
        COPYING,
        COPYING_TOKENS,
        POSITION_ONLY,
        RULE,
        RULE_LIFT,
        PATTERN,
        PATTERN_MASS);
  }
}
