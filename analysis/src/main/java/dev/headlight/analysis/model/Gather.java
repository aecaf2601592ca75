package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;

/** Rows of a table by index; gradients flow back into the table. */
final class Gather {
  private Gather() {}

  /**
   * Rows {@code ids} of {@code table [R, c]}.
   *
   * @return {@code [shape..., c]}, owned by {@code manager}
   */
  static NDArray rows(NDArray table, int[] ids, Shape shape, NDManager manager) {
    NDArray index = manager.create(ids, shape).toType(DataType.INT64, false);
    NDArray rows =
        index.getNDArrayInternal().embedding(index, table, SparseFormat.DENSE).singletonOrThrow();
    rows.attach(manager);
    return rows;
  }
}
