package dev.headlight.analysis.sweep;

/** What a metric reads of a pass; nothing else is computed behind the last block. */
public sealed interface ReadOut {
  /**
   * Logits after the last position.
   *
   * @param ids whose logits are read, in this order; every one when empty
   */
  record LastLogits(int... ids) implements ReadOut {
    /** Copies the array. */
    public LastLogits {
      ids = ids.clone();
    }
  }

  /** Natural logarithm of the probability of each next token of the prompt: T − 1 numbers. */
  record NextTokens() implements ReadOut {}

  /**
   * Natural logarithm of the probability of n given tokens, one after each of the last n positions.
   *
   * @param ids the tokens, in the order of the positions
   */
  record Continuation(int... ids) implements ReadOut {
    /** Copies the array. */
    public Continuation {
      ids = ids.clone();
    }
  }
}
