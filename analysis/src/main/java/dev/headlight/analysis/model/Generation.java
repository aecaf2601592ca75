package dev.headlight.analysis.model;

/**
 * What was written.
 *
 * @param tokens new ids, without the prompt
 * @param logprobs natural logarithm of each one's probability when it was chosen (temperature 1)
 * @param stopped whether a stop id ended it (else the limit or the model's positions did)
 */
public record Generation(int[] tokens, float[] logprobs, boolean stopped) {
  /** Hears each token as it is written, on the model's thread. */
  @FunctionalInterface
  public interface Listener {
    /** A token and the logarithm of its probability. */
    void token(int id, float logprob);
  }
}
