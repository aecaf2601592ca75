package dev.headlight.analysis.attention;

import dev.headlight.analysis.run.Tensor;

/** Attention weights as a function of query rows and key columns; masked cells are NaN. */
public interface AttentionWeights {
  /** Number of tokens: rows (queries) and columns (keys). */
  int length();

  /**
   * Attention weights of queries {@code [row0, row1)} over keys {@code [col0, col1)}.
   *
   * @return {@code [row1 - row0, col1 - col0]}, 0 to 1, masked cells NaN
   */
  Tensor weights(int row0, int row1, int col0, int col1);

  /** The whole map, {@code [T, T]}. */
  default Tensor weights() {
    return weights(0, length(), 0, length());
  }

  /**
   * The map max-pooled to at most {@code side} × {@code side} cells, computed in blocks of rows so
   * that the whole map is never held.
   *
   * @return {@code [S, S]} with {@code S = ceil(T / ceil(T / side))}; a cell is NaN when all it
   *     covers is masked
   */
  Tensor pooled(int side);
}
