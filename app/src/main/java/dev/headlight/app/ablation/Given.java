package dev.headlight.app.ablation;

import dev.headlight.analysis.pairs.TokenPair;
import java.util.Arrays;
import java.util.List;

/**
 * A pair of prompts as ids, as far as an ablation needs it.
 *
 * @param tokens of the clean prompt, which a metric is read on
 * @param other tokens of the corrupt prompt
 * @param answer id of the answer's first token
 * @param wrong id of the wrong answer's first token
 */
public record Given(List<Integer> tokens, List<Integer> other, int answer, int wrong) {
  /** Copies the lists. */
  public Given {
    tokens = List.copyOf(tokens);
    other = List.copyOf(other);
  }

  /** Of a pair as panes build it. */
  public static Given of(TokenPair pair) {
    return new Given(list(pair.clean()), list(pair.corrupt()), pair.answer()[0], pair.wrong()[0]);
  }

  private static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  /** Ids as passes take them. */
  static int[] ids(List<Integer> tokens) {
    return tokens.stream().mapToInt(i -> i).toArray();
  }
}
