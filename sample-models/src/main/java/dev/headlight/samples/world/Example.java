package dev.headlight.samples.world;

/**
 * One sequence to learn from.
 *
 * @param tokens token ids
 * @param weights how much the loss of predicting a token counts, one a token; 0 where nothing in
 *     the sequence says what comes
 */
public record Example(int[] tokens, float[] weights) {
  /** Checks that the lengths agree. */
  public Example {
    if (tokens.length != weights.length) {
      throw new IllegalArgumentException(tokens.length + " tokens, " + weights.length + " weights");
    }
  }

  /** Number of tokens. */
  public int length() {
    return tokens.length;
  }
}
