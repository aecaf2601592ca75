package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;

/**
 * Where a pass goes on instead of starting at the embedding: at a block, with rows that another
 * pass left there.
 *
 * @param layer block whose input is given
 * @param x residual stream entering it, {@code [B, T, d]}; overwritten
 * @param z outputs of that block's heads, {@code [B, T, H, e]}, overwritten; or null where its
 *     attention is to be computed
 * @param past keys and values before the first row
 * @param tail how many rows, counted from the end, the last block computes
 * @param frame of the whole prompt that the rows are of
 */
public record PassStart(int layer, NDArray x, NDArray z, Past past, int tail, PromptFrame frame) {
  /** Rows of a prompt like any other. */
  public PassStart(int layer, NDArray x, NDArray z, Past past, int tail) {
    this(layer, x, z, past, tail, PromptFrame.NONE);
  }

  /** Rows of the pass. */
  public int length() {
    return (int) x.getShape().get(1);
  }
}
