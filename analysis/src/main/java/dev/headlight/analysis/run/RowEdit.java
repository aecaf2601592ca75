package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.attention.RowBlock;

/** A change to the attention rows of one head. */
interface RowEdit {
  /** Query head. */
  int head();

  /** The first row that may change. */
  int firstRow();

  /**
   * Changes logits before the softmax.
   *
   * @param scores of this head, {@code [1, 1, rows, keys]}, changed in place
   */
  default void scores(NDArray scores, RowBlock block) {}

  /**
   * Changes weights.
   *
   * @param pattern of this head, {@code [1, 1, rows, keys]}, changed in place
   */
  default void pattern(NDArray pattern, RowBlock block) {}
}
