package dev.headlight.app.ablation;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.GenerateRequest;
import dev.headlight.analysis.model.Generation;
import dev.headlight.analysis.model.Model;
import dev.headlight.app.engine.Alignment;
import java.util.List;

/**
 * What a model writes after a prompt, with all heads and without some.
 *
 * @param baseline with all heads
 * @param ablated without some
 * @param baselineSeconds the first took
 * @param ablatedSeconds the second took
 */
public record TwoTexts(
    Generation baseline, Generation ablated, double baselineSeconds, double ablatedSeconds) {
  /** Hears tokens as they are written, on the model's thread. */
  @FunctionalInterface
  public interface Listener {
    /** Hears nothing. */
    Listener NONE = (ablated, id, logprob) -> {};

    /**
     * A token was written.
     *
     * @param ablated whether by the model without the heads
     * @param logprob natural logarithm of its probability
     */
    void token(boolean ablated, int id, float logprob);
  }

  /**
   * Writes both, the baseline first.
   *
   * @param request whose changes are those of the second text
   * @throws dev.headlight.analysis.HeadlightException when a change does not fit
   * @throws java.util.concurrent.CancellationException when the progress was cancelled; what the
   *     listener heard stands
   */
  public static TwoTexts write(
      Model model, GenerateRequest request, Listener listener, Progress progress) {
    long start = System.nanoTime();
    Generation plain =
        model.generate(
            request.withInterventions(List.of()),
            (id, logprob) -> listener.token(false, id, logprob),
            progress.part(0, 0.5));
    long between = System.nanoTime();
    Generation changed =
        model.generate(
            request, (id, logprob) -> listener.token(true, id, logprob), progress.part(0.5, 1));
    double second = (System.nanoTime() - between) / 1e9;
    return new TwoTexts(plain, changed, (between - start) / 1e9, second);
  }

  /** For each token of the second text whether the first has none that fits to it. */
  public boolean[] differs() {
    return differs(baseline.tokens(), ablated.tokens());
  }

  /**
   * For each token of one text whether the other has none that fits to it: those outside a longest
   * common subsequence.
   */
  public static boolean[] differs(int[] text, int[] other) {
    return Alignment.of(text, other).onlyInB(other.length);
  }
}
