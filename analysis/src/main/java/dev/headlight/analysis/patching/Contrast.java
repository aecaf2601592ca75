package dev.headlight.analysis.patching;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.List;

/**
 * What two prompts differ by: the logit of the answer less that of the wrong one, after the last
 * position of each. Answers of several tokens count by their first.
 *
 * @param clean logit difference of the clean prompt
 * @param corrupt the same ids' logit difference of the corrupt prompt
 */
public record Contrast(double clean, double corrupt) {
  /** Least difference, in logits, by which anything is divided. */
  public static final double LEAST = 0.1;

  /**
   * Runs both prompts.
   *
   * @throws HeadlightException when the model cannot read one of them
   */
  public static Contrast measure(Model model, TokenPair pair, Progress progress) {
    SweepRequest both =
        new SweepRequest(
            List.of(pair.clean(), pair.corrupt()),
            List.of(),
            TokenPair.logitDiff(List.of(pair, pair)));
    double[] found = Sweep.run(model, both, SweepListener.NONE, progress).baseline();
    return new Contrast(found[0], found[1]);
  }

  /** Whether the two differ by enough to be a scale. */
  public boolean distinct() {
    return Math.abs(clean - corrupt) >= LEAST;
  }

  /** (value − corrupt) / (clean − corrupt): 0 is the corrupt prompt, 1 the clean one. */
  public double normalised(double value) {
    return distinct() ? (value - corrupt) / (clean - corrupt) : Double.NaN;
  }

  /**
   * Refuses two prompts that can be no scale.
   *
   * @throws HeadlightException with both numbers
   */
  public void requireDistinct() {
    if (!distinct()) {
      throw new HeadlightException(
          Kind.INPUT,
          "the logit difference of the clean prompt (%.4f) and of the corrupt one (%.4f) are less than %s apart, so nothing can be normalised by it: choose a pair whose answers differ, or the other answer"
              .formatted(clean, corrupt, LEAST));
    }
  }
}
