package dev.headlight.analysis.parity;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How near a model comes to its reference values.
 *
 * @param outcome what came of it
 * @param worst the largest |ours − reference| / max(1, standard deviation of the reference tensor)
 *     over all tensors; NaN where nothing was compared, infinite where ours is not finite
 * @param tensor where it is, such as {@code logits} or {@code attentions.3}; empty where nothing
 *     was compared
 * @param values how many numbers were compared
 * @param reference the file they come from, where there is one
 * @param madeWith what made the reference, such as {@code transformers 4.57.6, torch 2.7.1}; empty
 *     where it is not said
 * @param reason why it is unreadable; else empty
 */
public record ParityReport(
    Outcome outcome,
    double worst,
    String tensor,
    long values,
    Optional<Path> reference,
    String madeWith,
    String reason) {

  /** The largest {@link #worst} that passes: rounding stays a tenth below it. */
  public static final double TOLERANCE = 1e-4;

  /** What came of the check. */
  public enum Outcome {
    /** No value is further off than {@link #TOLERANCE}. */
    PASSED,
    /** Some value is. */
    FAILED,
    /** There is no reference. */
    NONE,
    /** There is one, but it cannot be read or does not fit the model. */
    UNREADABLE
  }

  /** Without a reference. */
  public static ParityReport none() {
    return new ParityReport(Outcome.NONE, Double.NaN, "", 0, Optional.empty(), "", "");
  }

  /** With one that cannot be used. */
  public static ParityReport unreadable(Optional<Path> reference, String reason) {
    return new ParityReport(Outcome.UNREADABLE, Double.NaN, "", 0, reference, "", reason);
  }
}
