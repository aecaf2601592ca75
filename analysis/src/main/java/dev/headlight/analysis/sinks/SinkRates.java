package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.List;

/**
 * Sink_k^ε of a model (Gu et al. 2024, When Attention Sink Emerges in Language Models): the share
 * of sequences, layers and heads whose mean attention α_k to a key is above ε. The comparison comes
 * before the mean, sequence by sequence.
 *
 * @param epsilon ε
 * @param key k, zero-based: 0 is the paper's Sink_1
 * @param length T: only the first T tokens count; 0 for each sequence's own length
 * @param sequences indices of the sequences that count
 * @param leftOut how many are shorter than T and do not count
 * @param byHead share of the sequences, {@code [L, H]}, 0 to 1
 * @param byLayer mean of the layer's heads, {@code [L]}, 0 to 1
 * @param model mean of all heads, 0 to 1 (the papers' percentage over 100)
 * @param means α_k, mean over the sequences, {@code [L, H]}, 0 to 1
 * @param deviations sample standard deviation of α_k over the sequences, {@code [L, H]}; NaN for
 *     one sequence
 * @param perSequence α_k of each sequence that counts, {@code [S, L, H]}
 * @param uniform α_k of uniform attention under the first layer's mask, mean over the sequences:
 *     the null model
 */
public record SinkRates(
    double epsilon,
    int key,
    int length,
    List<Integer> sequences,
    int leftOut,
    Tensor byHead,
    Tensor byLayer,
    double model,
    Tensor means,
    Tensor deviations,
    Tensor perSequence,
    double uniform) {
  /** ε of the paper. */
  public static final double EPSILON = 0.3;

  /** T of the paper. */
  public static final int LENGTH = 64;

  /** Copies the list. */
  public SinkRates {
    sequences = List.copyOf(sequences);
  }

  /** A head's share of sequences, 0 to 1. */
  public float rate(Head head) {
    return byHead.data()[head.layer() * byHead.size(1) + head.head()];
  }

  /** A head's α, mean over the sequences, 0 to 1. */
  public float mean(Head head) {
    return means.data()[head.layer() * means.size(1) + head.head()];
  }

  /** Whether uniform attention alone would already be above ε. */
  public boolean belowUniform() {
    return uniform > epsilon;
  }
}
