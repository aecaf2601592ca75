package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/**
 * An affine map.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}, or null
 */
public record Projection(NDArray weight, NDArray bias) {
  /** {@code x · weightᵀ + bias} over the last axis. */
  NDArray apply(NDArray x) {
    return bias == null
        ? Linear.linear(x, weight).singletonOrThrow()
        : Linear.linear(x, weight, bias).singletonOrThrow();
  }
}
