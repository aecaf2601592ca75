package dev.headlight.samples.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.Hooks;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Site;
import java.util.Arrays;
import java.util.Set;

/** Silences heads, and remembers which key each head looks at most from some rows. */
final class AnswerHooks implements Hooks {
  private final Set<Head> zeroed;
  private final int heads;
  private final int firstRow;
  private final int[][][] top;

  /**
   * Hooks for one pass over one prompt.
   *
   * @param zeroed heads whose output is set to zero
   * @param firstRow first row to remember
   * @param rows how many rows follow, it included
   */
  AnswerHooks(Set<Head> zeroed, int layers, int heads, int firstRow, int rows) {
    this.zeroed = zeroed;
    this.heads = heads;
    this.firstRow = firstRow;
    top = new int[layers][heads][rows];
  }

  /** The key that a head looks at most from a row, counted from the first. */
  int top(Head head, int row) {
    return top[head.layer()][head.head()][row];
  }

  @Override
  public NDArray at(Site site, int layer, NDArray value) {
    return site == Site.Z ? silenced(value, layer, zeroed) : value;
  }

  /** Outputs of a layer's heads, {@code [B, T, H, e]}, with zeros for some. */
  static NDArray silenced(NDArray value, int layer, Set<Head> zeroed) {
    if (zeroed.stream().noneMatch(head -> head.layer() == layer)) {
      return value;
    }
    int heads = (int) value.getShape().get(2);
    float[] kept = new float[heads];
    Arrays.fill(kept, 1);
    zeroed.stream().filter(h -> h.layer() == layer).forEach(h -> kept[h.head()] = 0);
    NDManager manager = value.getManager();
    try (NDArray mask = manager.create(kept, new Shape(1, 1, heads, 1))) {
      return value.mul(mask);
    }
  }

  @Override
  public void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {
    int rows = (int) pattern.getShape().get(2);
    if (row0 + rows <= firstRow) {
      return;
    }
    long[] most;
    try (NDArray keys = pattern.argMax(-1)) {
      most = keys.toLongArray();
    }
    for (int head = 0; head < heads; head++) {
      for (int row = 0; row < top[layer][head].length; row++) {
        int inBlock = firstRow + row - row0;
        if (inBlock >= 0 && inBlock < rows) {
          top[layer][head][row] = key0 + (int) most[head * rows + inBlock];
        }
      }
    }
  }
}
