package dev.headlight.analysis.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.RunRequest;
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
 * @param pictures what a processor made of the pictures of the clean and of the corrupt prompt,
 *     two; empty for none
 */
public record TokenPair(
    int[] clean, int[] corrupt, int[] answer, int[] wrong, List<Pixels> pictures) {
  /**
   * Copies what is mutable.
   *
   * @throws HeadlightException when a prompt or an answer has no token
   */
  public TokenPair {
    clean = some("clean prompt", clean);
    corrupt = some("corrupt prompt", corrupt);
    answer = some("answer", answer);
    wrong = some("wrong answer", wrong);
    pictures = List.copyOf(pictures);
    if (pictures.size() == 1 || pictures.size() > 2) {
      throw new IllegalArgumentException("pictures of two prompts, found " + pictures.size());
    }
  }

  /** Prompts without pictures. */
  public TokenPair(int[] clean, int[] corrupt, int[] answer, int[] wrong) {
    this(clean, corrupt, answer, wrong, List.of());
  }

  /** The same prompts with pictures, those of the clean and those of the corrupt one. */
  public TokenPair seeing(Pixels ofClean, Pixels ofCorrupt) {
    return new TokenPair(clean, corrupt, answer, wrong, List.of(ofClean, ofCorrupt));
  }

  /** The pictures of the clean prompt, as a request of it takes them. */
  public List<Pixels> cleanPictures() {
    return pictures.isEmpty() ? pictures : pictures.subList(0, 1);
  }

  /** The pictures of the corrupt prompt, as a request of it takes them. */
  public List<Pixels> corruptPictures() {
    return pictures.isEmpty() ? pictures : pictures.subList(1, 2);
  }

  /** The clean prompt with its pictures. */
  public RunRequest cleanPrompt() {
    return RunRequest.of(clean).withPictures(cleanPictures());
  }

  /** The corrupt prompt with its pictures. */
  public RunRequest corruptPrompt() {
    return RunRequest.of(corrupt).withPictures(corruptPictures());
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
        && Arrays.equals(wrong, pair.wrong)
        && pictures.equals(pair.pictures);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(clean) + Arrays.hashCode(corrupt);
  }
}
