package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import java.util.Optional;

/**
 * A matrix that is in memory as fp32.
 *
 * @param array {@code [rows, columns]}
 */
record HeldWeight(NDArray array) implements Weight {
  @Override
  public long rows() {
    return array.getShape().get(0);
  }

  @Override
  public long columns() {
    return array.getShape().get(1);
  }

  @Override
  public Lent lend(long row0, long row1, NDManager scope) {
    if (row0 == 0 && row1 == rows()) {
      return new Lent(array, () -> {});
    }
    NDArray part = Slices.range(array, 0, row0, row1);
    part.attach(scope);
    return new Lent(part, part::close);
  }

  @Override
  public NDArray gather(int[] ids, Shape shape, NDManager owner) {
    return Gather.rows(array, ids, shape, owner);
  }

  @Override
  public Optional<NDArray> held() {
    return Optional.of(array);
  }
}
