package dev.headlight.analysis.pairs;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a model answers to pairs as they are.
 *
 * @param score how the difference of an answer and the wrong one is taken
 * @param pairs one a pair, in their order
 */
public record PairScores(AnswerScore score, List<One> pairs) {
  /** Copies the list. */
  public PairScores {
    pairs = List.copyOf(pairs);
  }

  /**
   * One pair.
   *
   * @param clean difference of the answers after the clean prompt, in the score's unit
   * @param corrupt the same answers after the corrupt prompt
   * @param probability of the answer's first token after the clean prompt, 0 to 1
   * @param likeliest whether no token is likelier there
   */
  public record One(double clean, double corrupt, double probability, boolean likeliest) {}

  /** Mean difference after the clean prompts. */
  public double clean() {
    return mean(One::clean);
  }

  /** Mean difference after the corrupt prompts. */
  public double corrupt() {
    return mean(One::corrupt);
  }

  /** Share of pairs whose answer is above the wrong one after the clean prompt. */
  public double accuracy() {
    return mean(p -> p.clean() > 0 ? 1 : 0);
  }

  /** The same after the corrupt prompts. */
  public double corruptAccuracy() {
    return mean(p -> p.corrupt() > 0 ? 1 : 0);
  }

  /** Share of pairs after whose clean prompt no token is likelier than the answer's first. */
  public double likeliest() {
    return mean(p -> p.likeliest() ? 1 : 0);
  }

  /** Mean probability of the answer's first token after the clean prompt. */
  public double probability() {
    return mean(One::probability);
  }

  private double mean(ToDoubleFunction<One> value) {
    return pairs.stream().mapToDouble(value).average().orElse(Double.NaN);
  }
}
