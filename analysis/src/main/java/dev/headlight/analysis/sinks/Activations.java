package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The residual stream of one sequence in numbers.
 *
 * @param norms ‖x‖ of each token entering each block, then of each leaving the last one (before the
 *     final norm): {@code [L + 1, T]}; NaN where a projection gives the last another width
 * @param medians median |x| over tokens and dimensions, the lower one of two: {@code [L + 1]}
 * @param peaks the entry of largest magnitude, one a layer, in order
 * @param massive entries that are massive, by layer and then magnitude; at most 16 a layer
 */
public record Activations(
    Tensor norms, Tensor medians, List<MassiveActivation> peaks, List<MassiveActivation> massive) {
  /** Copies the lists. */
  public Activations {
    peaks = List.copyOf(peaks);
    massive = List.copyOf(massive);
  }

  /** ‖x‖ of a token at a layer. */
  public float norm(int layer, int position) {
    return norms.data()[layer * norms.size(1) + position];
  }

  /**
   * The median ‖x‖ of the tokens from 1 on, the lower one of two: what the first token's norm is
   * held against.
   */
  public float medianRest(int layer) {
    int length = norms.size(1);
    int from = layer * length;
    return Selection.lowerMedian(Arrays.copyOfRange(norms.data(), from + 1, from + length));
  }
}
