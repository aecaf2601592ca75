package dev.headlight.analysis.patching;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Site;
import dev.headlight.analysis.run.Sites;
import dev.headlight.analysis.sweep.Sweep;
import dev.headlight.analysis.sweep.SweepListener;
import dev.headlight.analysis.sweep.SweepRequest;
import java.util.List;
import java.util.Optional;

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
   * @throws HeadlightException when the model cannot read one of them, or has no such answers
   */
  public static Contrast measure(Model model, TokenPair pair, Progress progress) {
    checkAnswers(model.spec(), pair);
    SweepRequest both =
        new SweepRequest(
                List.of(pair.clean(), pair.corrupt()),
                List.of(),
                TokenPair.logitDiff(List.of(pair, pair)))
            .withPictures(pair.pictures());
    double[] found = Sweep.run(model, both, SweepListener.NONE, progress).baseline();
    return new Contrast(found[0], found[1]);
  }

  /**
   * Refuses answers that no logit difference can be made of.
   *
   * @throws HeadlightException naming the id
   */
  public static void checkAnswers(ModelSpec spec, TokenPair pair) {
    Sites.require(spec, Site.LOGITS);
    for (int id : new int[] {pair.answer()[0], pair.wrong()[0]}) {
      if (id < 0 || id >= spec.vocab()) {
        throw new HeadlightException(
            Kind.INPUT,
            "answer id %d is outside the vocabulary, 0 to %d".formatted(id, spec.vocab() - 1));
      }
    }
    if (pair.answer()[0] == pair.wrong()[0]) {
      throw new HeadlightException(
          Kind.INPUT,
          "the answer and the wrong answer both begin with token %d, so their difference is always 0: give answers that differ in their first token"
              .formatted(pair.answer()[0]));
    }
  }

  /** Whether the two differ by enough to be a scale. */
  public boolean distinct() {
    return Math.abs(clean - corrupt) >= LEAST;
  }

  /** (value − corrupt) / (clean − corrupt): 0 is the corrupt prompt, 1 the clean one. */
  public double normalised(double value) {
    return distinct() ? (value - corrupt) / (clean - corrupt) : Double.NaN;
  }

  /** Why nothing can be normalised, with both numbers; empty where it can. */
  public Optional<String> refusal() {
    return distinct()
        ? Optional.empty()
        : Optional.of(
            "the logit difference of the clean prompt (%.4f) and of the corrupt one (%.4f) are less than %s apart, so nothing can be normalised by it: choose a pair whose answers differ, or the other answer"
                .formatted(clean, corrupt, LEAST));
  }

  /**
   * Refuses two prompts that can be no scale.
   *
   * @throws HeadlightException with both numbers
   */
  public void requireDistinct() {
    refusal()
        .ifPresent(
            why -> {
              throw new HeadlightException(Kind.INPUT, why);
            });
  }
}
