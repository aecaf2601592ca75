package dev.headlight.analysis.run;

import java.util.Arrays;

/**
 * Numbers that left the engine: a row-major array with its shape, on the Java heap.
 *
 * @param data values, row-major; not copied
 * @param shape length of each axis; their product is {@code data.length}
 */
public record Tensor(float[] data, int... shape) {
  /** Checks that the shape holds the data. */
  public Tensor {
    long size = 1;
    for (int s : shape) {
      size *= s;
    }
    if (size != data.length) {
      throw new IllegalArgumentException(
          Arrays.toString(shape) + " holds " + size + " numbers, not " + data.length);
    }
  }

  /** Length of an axis. */
  public int size(int axis) {
    return shape[axis];
  }

  /** A copy of the {@code index}-th slice along the first axis. */
  public Tensor slice(int index) {
    int[] rest = Arrays.copyOfRange(shape, 1, shape.length);
    int size = data.length / shape[0];
    return new Tensor(Arrays.copyOfRange(data, index * size, (index + 1) * size), rest);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
