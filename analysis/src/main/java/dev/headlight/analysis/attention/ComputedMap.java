package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A head's map computed from its queries and keys, in blocks of rows. */
public final class ComputedMap implements AttentionMap {
  private static final int ROWS = 256;

  private final Head head;
  private final int length;
  private final NDArray q;
  private final NDArray k;
  private final ScoreRule rule;
  private final PatternEdits edits;

  /**
   * The map of a head.
   *
   * @param q its scaled queries, {@code [1, 1, T, e]}
   * @param k keys of its group, {@code [1, 1, T, e]}
   */
  public ComputedMap(Head head, NDArray q, NDArray k, ScoreRule rule, PatternEdits edits) {
    this.head = head;
    length = (int) q.getShape().get(2);
    this.q = q;
    this.k = k;
    this.rule = rule;
    this.edits = edits;
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Tensor weights(int row0, int row1, int col0, int col1) {
    return tile(row0, row1, col0, col1, false);
  }

  @Override
  public Tensor scores(int row0, int row1, int col0, int col1) {
    return tile(row0, row1, col0, col1, true);
  }

  private Tensor tile(int row0, int row1, int col0, int col1, boolean logits) {
    if (row0 < 0 || row1 > length || row0 > row1 || col0 < 0 || col1 > length || col0 > col1) {
      throw new IndexOutOfBoundsException(
          "rows " + row0 + "-" + row1 + ", columns " + col0 + "-" + col1 + " of " + length);
    }
    int width = col1 - col0;
    float[] tile = new float[(row1 - row0) * width];
    Arrays.fill(tile, Float.NaN);
    for (int row = row0; row < row1; row += ROWS) {
      visit(
          row,
          Math.min(row1, row + ROWS),
          logits,
          (query, key0, values) ->
              fill(tile, (query - row0) * width, query, key0, values, col0, col1));
    }
    return new Tensor(tile, row1 - row0, width);
  }

  private void fill(float[] tile, int at, int q, int key0, float[] values, int col0, int col1) {
    for (int k = Math.max(col0, key0); k < Math.min(col1, key0 + values.length); k++) {
      if (rule.visible(q, k)) {
        tile[at + k - col0] = values[k - key0];
      }
    }
  }

  @Override
  public Tensor pooled(int side) {
    int bin = RowStatistics.bin(length, side);
    int size = (length + bin - 1) / bin;
    float[] pooled = new float[size * size];
    Arrays.fill(pooled, Float.NaN);
    for (int row = 0; row < length; row += ROWS) {
      visit(
          row,
          Math.min(length, row + ROWS),
          false,
          (query, key0, values) -> {
            for (int i = 0; i < values.length; i++) {
              if (rule.visible(query, key0 + i)) {
                int cell = query / bin * size + (key0 + i) / bin;
                // NaN loses against any number.
                pooled[cell] = pooled[cell] >= values[i] ? pooled[cell] : values[i];
              }
            }
          });
    }
    return new Tensor(pooled, size, size);
  }

  private interface RowVisitor {
    void row(int query, int key0, float[] values);
  }

  private void visit(int row0, int row1, boolean logits, RowVisitor visitor) {
    try (NDManager scope = q.getManager().newSubManager()) {
      AttentionRows scoped =
          new AttentionRows(q, k, 0, head.head(), rule, edits, new Masks(scope)).in(scope);
      RowBlock block = scoped.block(row0, row1);
      NDArray values = scoped.scores(block);
      if (!logits) {
        values = scoped.pattern(values, block);
      }
      FloatBuffer buffer = values.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
      float[] row = new float[block.keys()];
      for (int q = row0; q < row1; q++) {
        buffer.get((q - row0) * block.keys(), row);
        visitor.row(q, block.key0(), row);
      }
    }
  }
}
