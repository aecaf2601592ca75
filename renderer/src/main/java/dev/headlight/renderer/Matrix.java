package dev.headlight.renderer;

import java.util.Objects;

/**
 * A read-only view of a row-major {@code float[]} of shape [rows, columns]; {@code NaN} is a masked
 * cell.
 *
 * <p>The array is not copied: whoever hands it over must not write to it any more. Several matrices
 * may look at one array, such as the heads of a [head, query, key] pattern.
 */
public final class Matrix {
  private final int rows;
  private final int columns;
  private final float[] cells;
  private final int offset;

  private Matrix(int rows, int columns, float[] cells, int offset) {
    this.rows = rows;
    this.columns = columns;
    this.cells = cells;
    this.offset = offset;
  }

  /**
   * A view of a whole array.
   *
   * @param rows number of rows, at least 1
   * @param columns number of columns, at least 1
   * @param cells row-major, exactly rows · columns values; not copied
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static Matrix of(int rows, int columns, float[] cells) {
    checkShape(rows, columns);
    if ((long) rows * columns != cells.length) {
      throw new IllegalArgumentException(
          "a matrix of %d × %d cells needs %d values, found %d"
              .formatted(rows, columns, (long) rows * columns, cells.length));
    }
    return new Matrix(rows, columns, cells, 0);
  }

  /**
   * A view of a part of an array: the rows · columns values from {@code offset} on.
   *
   * @param offset index of cell (0, 0)
   * @throws IllegalArgumentException if the array ends before the last cell
   */
  public static Matrix of(int rows, int columns, float[] cells, int offset) {
    checkShape(rows, columns);
    if (offset < 0 || offset + (long) rows * columns > cells.length) {
      throw new IllegalArgumentException(
          "a matrix of %d × %d cells at %d does not fit into %d values"
              .formatted(rows, columns, offset, cells.length));
    }
    return new Matrix(rows, columns, cells, offset);
  }

  private static void checkShape(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a matrix needs at least one cell, found %d × %d".formatted(rows, columns));
    }
  }

  /** Number of rows (queries). */
  public int rows() {
    return rows;
  }

  /** Number of columns (keys). */
  public int columns() {
    return columns;
  }

  /**
   * The value of one cell; {@code NaN} if it is masked.
   *
   * @throws IndexOutOfBoundsException outside 0..rows−1 or 0..columns−1
   */
  public float get(int row, int column) {
    return cells[at(Objects.checkIndex(row, rows)) + Objects.checkIndex(column, columns)];
  }

  /** A copy of one row, of length {@code columns}. */
  public float[] row(int row) {
    int start = at(Objects.checkIndex(row, rows));
    float[] copy = new float[columns];
    System.arraycopy(cells, start, copy, 0, columns);
    return copy;
  }

  /** Whether any cell is masked (NaN or −∞). */
  public boolean hasMasked() {
    for (int i = at(0), end = at(0) + rows * columns; i < end; i++) {
      if (!(cells[i] > Float.NEGATIVE_INFINITY)) {
        return true;
      }
    }
    return false;
  }

  /** The smallest finite value, or {@code NaN} if there is none. */
  public float min() {
    return MatrixStatistics.min(this, 0);
  }

  /** The largest finite value, or {@code NaN} if there is none. */
  public float max() {
    return MatrixStatistics.max(this, 0);
  }

  /**
   * The exact percentile of the finite values (the value at rank ⌈p/100 · n⌉).
   *
   * @param percent 0..100; 0 is the smallest, 100 the largest
   * @return {@code NaN} if no value is finite
   */
  public float percentile(double percent) {
    return MatrixStatistics.percentile(this, 0, percent);
  }

  /**
   * The same without the first column, such as an attention sink.
   *
   * @param withoutColumn0 whether the first column is left out
   */
  public float percentile(double percent, boolean withoutColumn0) {
    return MatrixStatistics.percentile(this, withoutColumn0 ? 1 : 0, percent);
  }

  /** The shared array; only for reading inside this package. */
  float[] cells() {
    return cells;
  }

  /** Index of the first cell of a row in {@link #cells()}. */
  int at(int row) {
    return offset + row * columns;
  }

  @Override
  public String toString() {
    return "Matrix[%d × %d]".formatted(rows, columns);
  }
}
