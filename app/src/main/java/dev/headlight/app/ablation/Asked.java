package dev.headlight.app.ablation;

import java.util.List;

/**
 * What a sweep was asked for: the same question goes on where it ended.
 *
 * @param choice of the controls
 * @param tokens of the prompt
 */
public record Asked(AblationChoice choice, List<Integer> tokens) {
  /** Copies the list. */
  public Asked {
    tokens = List.copyOf(tokens);
  }

  /** The prompt as passes take it. */
  public int[] ids() {
    return tokens.stream().mapToInt(i -> i).toArray();
  }
}
