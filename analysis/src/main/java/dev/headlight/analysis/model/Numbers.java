package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Numbers and tables that a backward pass may read. The engine's own {@code mul(Number)} and {@code
 * create(float[])} lend it memory of Java's, which the collector may free while the engine still
 * keeps it for the gradients; these give it memory of its own.
 */
final class Numbers {
  private Numbers() {}

  /** {@code x · factor}. */
  static NDArray times(NDArray x, double factor) {
    try (NDArray number = number(x, factor)) {
      return x.mul(number);
    }
  }

  /** {@code x} to the power of {@code exponent}. */
  static NDArray power(NDArray x, double exponent) {
    try (NDArray number = number(x, exponent)) {
      return x.pow(number);
    }
  }

  private static NDArray number(NDArray x, double value) {
    return x.getManager().full(new Shape(), (float) value);
  }

  /** A table of constants. */
  static NDArray table(float[] values, Shape shape, NDManager manager) {
    return HostMemory.array(values, shape, manager);
  }
}
