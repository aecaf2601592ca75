package dev.headlight.analysis.model;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Tensors;

/** Rows of a matrix, each multiplied by a gain. */
final class ScaledRows extends StoredMatrix {
  private final StoredMatrix inner;
  private final float[] gains;

  /** The rows of {@code inner} times {@code gains}, one a row. */
  ScaledRows(Checkpoint checkpoint, Tensors tensors, StoredMatrix inner, float[] gains) {
    super(checkpoint, tensors, inner.rows(), inner.columns());
    this.inner = inner;
    this.gains = gains.clone();
  }

  @Override
  int blockRows() {
    return inner.blockRows();
  }

  @Override
  void block(long row, int count, float[] into) {
    inner.block(row, count, into);
    for (int i = 0; i < count * columns(); i++) {
      into[i] *= gains[(int) row + i / columns()];
    }
  }
}
