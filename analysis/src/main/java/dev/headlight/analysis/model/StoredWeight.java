package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * A matrix that stays as it is stored, on disk or in memory.
 *
 * @param stored where its numbers lie
 * @param scratch memory it is widened into
 */
record StoredWeight(StoredMatrix stored, Scratch scratch) implements Weight {
  @Override
  public long rows() {
    return stored.rows();
  }

  @Override
  public long columns() {
    return stored.columns();
  }

  @Override
  public Lent lend(long row0, long row1, NDManager scope) {
    return scratch.lend(stored, row0, row1, scope);
  }

  @Override
  public NDArray gather(int[] ids, Shape shape, NDManager owner) {
    return stored.gather(ids, shape, owner);
  }

  @Override
  public Optional<NDArray> held() {
    return Optional.empty();
  }
}
