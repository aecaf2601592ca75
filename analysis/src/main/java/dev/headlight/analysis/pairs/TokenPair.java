package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.Metrics;
import java.util.Arrays;
import java.util.List;

/**
 * Two prompts that differ in what decides the answer, as token ids.
 *
 * @param clean the prompt whose answer is asked for, T ids
 * @param corrupt the prompt that leads to another answer; T ids too where activations are moved
 * @param answer ids of the right answer of the clean prompt, one or more
 * @param wrong ids of the answer it is held against, one or more
 */
public record TokenPair(int[] clean, int[] corrupt, int[] answer, int[] wrong) {
  /**
   * Copies the arrays.
   *
   * @throws HeadlightException when a prompt or an answer has no token
   */
  public TokenPair {
    clean = some("clean prompt", clean);
    corrupt = some("corrupt prompt", corrupt);
    answer = some("answer", answer);
    wrong = some("wrong answer", wrong);
  }

  private static int[] some(String what, int[] ids) {
    if (ids.length == 0) {
      throw new HeadlightException(
          Kind.INPUT, "the " + what + " has no token, expected 1 or more: write other text");
    }
    return ids.clone();
  }

  /** Whether position t of one prompt can stand for position t of the other. */
  public boolean aligned() {
    return clean.length == corrupt.length;
  }

  /**
   * Logit of the answer's first token less that of the wrong one's, after the last position.
   *
   * @param pairs one a sequence
   */
  public static Metric logitDiff(List<TokenPair> pairs) {
    return Metrics.logitDiff(
        pairs.stream().mapToInt(p -> p.answer[0]).toArray(),
        pairs.stream().mapToInt(p -> p.wrong[0]).toArray());
  }

  /**
   * A prompt followed by all but the last token of what comes next: what {@link
   * Metrics#continuation} of it is read on. Positions of the prompt stay what they are.
   */
  public static int[] followed(int[] prompt, int[] next) {
    int[] all = Arrays.copyOf(prompt, prompt.length + next.length - 1);
    System.arraycopy(next, 0, all, prompt.length, next.length - 1);
    return all;
  }

  /**
   * Natural logarithm of the probability of the whole answer. Its sequences are the prompts {@link
   * #followed} by the answer.
   *
   * @param pairs one a sequence
   */
  public static Metric logProbability(List<TokenPair> pairs) {
    return Metrics.continuation(pairs.stream().map(TokenPair::answer).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenPair pair
        && Arrays.equals(clean, pair.clean)
        && Arrays.equals(corrupt, pair.corrupt)
        && Arrays.equals(answer, pair.answer)
        && Arrays.equals(wrong, pair.wrong);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(clean) + Arrays.hashCode(corrupt);
  }
}
