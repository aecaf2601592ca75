package dev.headlight.analysis.model;

import java.util.List;

/**
 * What a pass reads.
 *
 * @param tokens one prompt a batch row, all of one length
 * @param tokenTypes types of the tokens, of the same lengths; all 0 when not given
 * @param cache keys and values of what came before, or null
 * @param allLogits whether logits of every position are computed, or of the last only
 * @param tail how many rows, counted from the end, the last block computes; the values of its sites
 *     are of these rows only
 * @param gradients whether the engine records the pass for a backward one; nothing is then
 *     overwritten
 */
public record PassInput(
    List<int[]> tokens,
    List<int[]> tokenTypes,
    KvCache cache,
    boolean allLogits,
    int tail,
    boolean gradients) {
  /** Copies the lists and checks that the lengths agree. */
  public PassInput {
    tokens = List.copyOf(tokens);
    tokenTypes =
        tokenTypes.isEmpty()
            ? tokens.stream().map(t -> new int[t.length]).toList()
            : List.copyOf(tokenTypes);
    int length = tokens.get(0).length;
    if (tokens.stream().anyMatch(t -> t.length != length)) {
      throw new IllegalArgumentException("prompts of a batch differ in length");
    }
    if (tokenTypes.size() != tokens.size()
        || tokenTypes.stream().anyMatch(t -> t.length != length)) {
      throw new IllegalArgumentException("token types do not fit the prompts");
    }
  }

  /** Tokens without types. */
  public PassInput(List<int[]> tokens, KvCache cache, boolean allLogits, boolean gradients) {
    this(tokens, List.of(), cache, allLogits, gradients);
  }

  /** Tokens with types, every row computed. */
  public PassInput(
      List<int[]> tokens,
      List<int[]> tokenTypes,
      KvCache cache,
      boolean allLogits,
      boolean gradients) {
    this(tokens, tokenTypes, cache, allLogits, Integer.MAX_VALUE, gradients);
  }

  /** Only the last row's logits, so that the last block computes no other. */
  public static PassInput lastRow(List<int[]> tokens, KvCache cache) {
    return new PassInput(tokens, List.of(), cache, false, 1, false);
  }

  /** Tokens a prompt. */
  public int length() {
    return tokens.get(0).length;
  }
}
