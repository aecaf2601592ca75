package dev.headlight.samples.world;

import java.util.Arrays;
import java.util.Optional;

/**
 * One sequence to learn from.
 *
 * @param tokens token ids
 * @param weights how much the loss of predicting a token counts, one a token; 0 where nothing in
 *     the sequence says what comes
 * @param sight the picture that it is about; empty without one
 */
public record Example(int[] tokens, float[] weights, Optional<Sight> sight) {
  /** Checks that the lengths agree. */
  public Example {
    if (tokens.length != weights.length) {
      throw new IllegalArgumentException(tokens.length + " tokens, " + weights.length + " weights");
    }
  }

  /** A sequence without a picture. */
  public Example(int[] tokens, float[] weights) {
    this(tokens, weights, Optional.empty());
  }

  /** The same about a picture. */
  public Example with(Sight seen) {
    return new Example(tokens, weights, Optional.of(seen));
  }

  /** Tokens that all count the same. */
  static Example of(int[] tokens, float weight) {
    float[] weights = new float[tokens.length];
    Arrays.fill(weights, weight);
    return new Example(tokens, weights);
  }

  /** Number of tokens. */
  public int length() {
    return tokens.length;
  }
}
