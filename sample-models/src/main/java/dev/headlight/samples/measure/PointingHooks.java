package dev.headlight.samples.measure;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.model.Hooks;

/** Remembers which of some keys each head of each prompt looks at most from one row. */
final class PointingHooks implements Hooks {
  private final int row;
  private final int firstKey;
  private final int keys;
  private final long[][] top;

  /**
   * Hooks for one pass.
   *
   * @param row the row
   * @param firstKey the first key that counts
   * @param keys how many follow, it included
   */
  PointingHooks(int layers, int row, int firstKey, int keys) {
    this.row = row;
    this.firstKey = firstKey;
    this.keys = keys;
    top = new long[layers][];
  }

  /** The key, counted from the first that counts, by prompt and head, heads fastest. */
  long[] top(int layer) {
    return top[layer];
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    long rows = pattern.getShape().get(2);
    if (row < row0 || row >= row0 + rows) {
      return;
    }
    int from = firstKey - key0;
    String index = String.format(":, :, %d, %d:%d", row - row0, from, from + keys);
    try (NDArray part = pattern.get(index);
        NDArray most = part.argMax(-1)) {
      top[layer] = most.toLongArray();
    }
  }
}
