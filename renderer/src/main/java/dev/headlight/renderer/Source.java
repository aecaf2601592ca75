package dev.headlight.renderer;

/** Cells and how a pooler reads them. */
final class Source {
  private final Matrix matrix;
  private final int firstColumn;
  private final float[] rowFactors;
  private final Pooling pooling;

  /**
   * @param firstColumn columns before it count as masked
   * @param rowFactors what each row is multiplied by, or {@code null}
   */
  Source(Matrix matrix, int firstColumn, float[] rowFactors, Pooling pooling) {
    this.matrix = matrix;
    this.firstColumn = firstColumn;
    this.rowFactors = rowFactors;
    this.pooling = pooling;
  }

  /** The cells as a scale wants them read. */
  static Source of(Matrix matrix, ValueScale scale) {
    return new Source(
        matrix, scale.hideColumn0() ? 1 : 0, scale.rowFactors(matrix), scale.pooling());
  }

  Matrix matrix() {
    return matrix;
  }

  Pooler pooler(AxisIndex columns) {
    return new Pooler(matrix, columns, firstColumn, rowFactors, pooling);
  }

  /** All cells pooled to fewer rows and columns; NaN where a pool held only masked cells. */
  Matrix pooled(AxisIndex rows, AxisIndex columns) {
    float[] cells = new float[Math.multiplyExact(rows.length(), columns.length())];
    pool(rows, columns, 0, rows.length(), cells);
    return Matrix.of(rows.length(), columns.length(), cells);
  }

  /** Like {@link #pooled}, split over the common pool where that pays. */
  Matrix pooledInParallel(AxisIndex rows, AxisIndex columns) {
    float[] cells = new float[Math.multiplyExact(rows.length(), columns.length())];
    long cellsPerRow = (long) matrix.rows() * matrix.columns() / rows.length();
    Parallel.ranges(rows.length(), cellsPerRow, (from, to) -> pool(rows, columns, from, to, cells));
    return Matrix.of(rows.length(), columns.length(), cells);
  }

  private void pool(AxisIndex rows, AxisIndex columns, int from, int to, float[] cells) {
    Pooler pooler = pooler(columns);
    for (int row = from; row < to; row++) {
      pooler.pool(rows.start(row), rows.end(row), cells, row * columns.length());
    }
  }
}
