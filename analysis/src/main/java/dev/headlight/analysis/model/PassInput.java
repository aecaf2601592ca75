package dev.headlight.analysis.model;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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
 * @param pictures pictures in the prompts or in place of them; null without
 * @param hidden positions that nobody sees (padding), in every prompt; empty for none
 */
public record PassInput(
    List<int[]> tokens,
    List<int[]> tokenTypes,
    KvCache cache,
    boolean allLogits,
    int tail,
    boolean gradients,
    PassPictures pictures,
    boolean[] hidden) {
  private static final boolean[] NONE = {};

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

  /** Prompts without pictures. */
  public PassInput(
      List<int[]> tokens,
      List<int[]> tokenTypes,
      KvCache cache,
      boolean allLogits,
      int tail,
      boolean gradients) {
    this(tokens, tokenTypes, cache, allLogits, tail, gradients, null, NONE);
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

  /**
   * Pictures in place of prompts: the tokens are numbers of places in the tower.
   *
   * @param tower the tower's shape
   * @param pictures of one size
   * @param gradients whether the engine records the pass
   */
  public static PassInput ofPictures(ModelSpec tower, PassPictures pictures, boolean gradients) {
    PatchSpec patches = tower.patches().orElseThrow();
    int length = patches.before() + pictures.grid(patches).size();
    int count = (int) pictures.pixels().getShape().get(0);
    int[] places = IntStream.range(0, length).toArray();
    List<int[]> tokens = Collections.nCopies(count, places);
    return new PassInput(
        tokens, List.of(), null, true, Integer.MAX_VALUE, gradients, pictures, NONE);
  }

  /** The same with pictures. */
  public PassInput with(PassPictures others) {
    return new PassInput(tokens, tokenTypes, cache, allLogits, tail, gradients, others, hidden);
  }

  /** The same where nobody sees some positions. */
  public PassInput hiding(boolean... positions) {
    return new PassInput(
        tokens, tokenTypes, cache, allLogits, tail, gradients, pictures, positions);
  }

  /** Its one prompt so many times side by side, with the pictures that were seen in it. */
  public PassInput times(int count) {
    return new PassInput(
        Collections.nCopies(count, tokens.get(0)),
        Collections.nCopies(count, tokenTypes.get(0)),
        cache,
        allLogits,
        tail,
        gradients,
        pictures == null ? null : pictures.times(count),
        hidden);
  }

  /** Tokens a prompt. */
  public int length() {
    return tokens.get(0).length;
  }
}
