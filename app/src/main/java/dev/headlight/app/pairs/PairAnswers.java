package dev.headlight.app.pairs;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the model answers to a pair.
 *
 * @param next the likeliest tokens after the clean prompt, the likeliest first
 * @param clean logit difference of answer and wrong answer after the clean prompt
 * @param corrupt the same after the corrupt prompt
 */
public record PairAnswers(List<Next> next, OptionalDouble clean, OptionalDouble corrupt) {
  /** Nothing known. */
  public static final PairAnswers NONE =
      new PairAnswers(List.of(), OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * A token that may come next.
   *
   * @param label as tokens are shown
   * @param text what it says, character by character
   */
  public record Next(String label, String text, double probability) {}

  /** Copies the list. */
  public PairAnswers {
    next = List.copyOf(next);
  }
}
