package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * A matrix of parameters, {@code [rows, columns]}, wherever it stays: in memory as fp32, in memory
 * in its stored type, or on disk. It is lent as fp32 for as long as a product takes; the numbers
 * are the same wherever they come from.
 */
public sealed interface Weight permits HeldWeight, StoredWeight {
  /** Bytes of fp32 that are lent at once; products with larger matrices are made in panels. */
  long PANEL_BYTES = 256L << 20;

  /** A matrix in memory, which stays the caller's. */
  static Weight of(NDArray array) {
    return new HeldWeight(array);
  }

  /** Number of rows. */
  long rows();

  /** Number of columns. */
  long columns();

  /**
   * Rows {@code row0 .. row1 - 1} as fp32, for reading only.
   *
   * @param scope owner of what has to be made for it
   * @throws dev.headlight.analysis.checkpoint.CheckpointException when a number read from disk is
   *     not finite, or the file has changed
   */
  Lent lend(long row0, long row1, NDManager scope);

  /** All rows. */
  default Lent lend(NDManager scope) {
    return lend(0, rows(), scope);
  }

  /**
   * Rows by index, as fp32.
   *
   * @param ids row numbers, row major
   * @param shape shape of {@code ids}
   * @param owner owner of the result
   * @return {@code [shape..., columns]}
   */
  NDArray gather(int[] ids, Shape shape, NDManager owner);

  /** The array that is in memory as long as the model is open, if there is one. */
  Optional<NDArray> held();

  /** Rows of a panel of so many columns: as many as make {@link #PANEL_BYTES}, at least one. */
  static long panelRows(long columns) {
    return Math.max(1, PANEL_BYTES / (columns * Float.BYTES));
  }

  /**
   * An array for the time of a product.
   *
   * @param array fp32, not to be changed
   * @param back what giving it back does
   */
  record Lent(NDArray array, Runnable back) implements AutoCloseable {
    @Override
    public void close() {
      back.run();
    }
  }
}
