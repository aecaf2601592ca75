package dev.headlight.analysis.sinks;

/**
 * The largest number of a layer's residual stream, or another one that stands out (Sun et al. 2024,
 * Massive Activations in Large Language Models).
 *
 * @param sequence index of the sequence
 * @param layer the stream enters this block; L for what leaves the last one
 * @param position token
 * @param dimension of the residual stream
 * @param value as it stands there, with its sign
 * @param ratio |value| over the median |x| of this layer and sequence
 */
public record MassiveActivation(
    int sequence, int layer, int position, int dimension, float value, double ratio) {
  /** Magnitude that a massive activation is above. */
  public static final float MAGNITUDE = 100;

  /** Times the median magnitude of its layer that a massive activation has at least. */
  public static final double RATIO = 1000;

  /** Whether it is above 100 and at least 1,000 times the median magnitude. */
  public boolean massive() {
    return Math.abs(value) > MAGNITUDE && ratio >= RATIO;
  }
}
