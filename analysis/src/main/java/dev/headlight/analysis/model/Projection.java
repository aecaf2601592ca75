package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;

/**
 * An affine map.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}, or null
 */
public record Projection(Weight weight, NDArray bias) {
  /** {@code x · weightᵀ + bias} over the last axis. */
  NDArray apply(NDArray x) {
    if (weight.rows() > Weight.panelRows(weight.columns())) {
      return panels(x);
    }
    try (Weight.Lent lent = weight.lend(x.getManager())) {
      return bias == null
          ? Linear.linear(x, lent.array()).singletonOrThrow()
          : Linear.linear(x, lent.array(), bias).singletonOrThrow();
    }
  }

  /** The same for a matrix that is too large to be lent at once. */
  private NDArray panels(NDArray x) {
    NDList parts = new NDList();
    long step = Weight.panelRows(weight.columns());
    for (long row = 0; row < weight.rows(); row += step) {
      long end = Math.min(weight.rows(), row + step);
      try (Weight.Lent lent = weight.lend(row, end, x.getManager())) {
        parts.add(Linear.linear(x, lent.array()).singletonOrThrow());
      }
    }
    NDArray all = NDArrays.concat(parts, -1);
    parts.close();
    return bias == null ? all : all.addi(bias);
  }
}
