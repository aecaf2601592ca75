package dev.headlight.samples.measure;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import java.util.Set;

/**
 * Silences heads, and remembers which of some keys each head of each prompt looks at most from one
 * row.
 */
final class PointingHooks implements Hooks {
  private final Set<Head> zeroed;
  private final int row;
  private final int firstKey;
  private final int keys;
  private final long[][] top;

  /**
   * Hooks for one pass.
   *
   * @param zeroed heads whose output is set to zero
   * @param row the row
   * @param firstKey the first key that counts
   * @param keys how many follow, it included
   */
  PointingHooks(Set<Head> zeroed, int layers, int row, int firstKey, int keys) {
    this.zeroed = zeroed;
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
  public NDArray at(Site site, int layer, NDArray value) {
    return site == Site.Z ? AnswerHooks.silenced(value, layer, zeroed) : value;
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
