package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/** Views of arrays, without the cost of parsing an index from text. */
public final class Slices {
  private Slices() {}

  /**
   * A view of {@code [from, to)} along one axis; writing to it writes to {@code array}.
   *
   * @param axis zero-based, or negative from the last
   */
  public static NDArray range(NDArray array, int axis, long from, long to) {
    int rank = array.getShape().dimension();
    int at = axis < 0 ? rank + axis : axis;
    if (from == 0 && to == array.getShape().get(at)) {
      return array;
    }
    NDIndex index = new NDIndex();
    for (int i = 0; i < at; i++) {
      index.addAllDim();
    }
    return array.get(index.addSliceDim(from, to));
  }
}
