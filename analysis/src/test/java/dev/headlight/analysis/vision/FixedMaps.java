package dev.headlight.analysis.vision;

import dev.headlight.analysis.attention.AttentionWeights;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Maps written down by a test; every head that is not given is uniform. */
final class FixedMaps implements Maps {
  private final int length;
  private final boolean causal;
  private final Map<Head, float[][]> given = new HashMap<>();

  FixedMaps(int length, boolean causal) {
    this.length = length;
    this.causal = causal;
  }

  FixedMaps with(int layer, int head, float[][] map) {
    given.put(new Head(layer, head), map);
    return this;
  }

  @Override
  public AttentionWeights of(Head head) {
    return new AttentionWeights() {
      @Override
      public int length() {
        return length;
      }

      @Override
      public Tensor weights(int row0, int row1, int col0, int col1) {
        float[] cells = new float[(row1 - row0) * (col1 - col0)];
        for (int q = row0, i = 0; q < row1; q++) {
          for (int k = col0; k < col1; k++, i++) {
            cells[i] = cell(head, q, k);
          }
        }
        return new Tensor(cells, row1 - row0, col1 - col0);
      }

      @Override
      public Tensor pooled(int side) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private float cell(Head head, int query, int key) {
    if (given.containsKey(head)) {
      return given.get(head)[query][key];
    }
    if (causal && key > query) {
      return Float.NaN;
    }
    return 1f / (causal ? query + 1 : length);
  }
}
