package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.HostMemory;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
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
  private final float[] logSums;

  /**
   * The map of a head.
   *
   * @param q its scaled queries, {@code [1, 1, T, e]}
   * @param k keys of its group, {@code [1, 1, T, e]}
   * @param rule which keys are visible
   * @param edits changes of the layer
   * @param logSums log-sum-exp of each row's logits, {@code [T]}, used where nothing is edited
   */
  public ComputedMap(
      Head head, NDArray q, NDArray k, ScoreRule rule, PatternEdits edits, float[] logSums) {
    this.head = head;
    length = (int) q.getShape().get(2);
    this.q = q;
    this.k = k;
    this.rule = rule;
    this.edits = edits;
    this.logSums = edits.isEmpty() ? logSums : null;
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
    check(row0, row1, col0, col1);
    if (logSums != null && row1 > row0 && col1 > col0) {
      return cut(row0, row1, col0, col1, logits);
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

  private void check(int row0, int row1, int col0, int col1) {
    if (row0 < 0 || row1 > length || row0 > row1 || col0 < 0 || col1 > length || col0 > col1) {
      throw new IndexOutOfBoundsException(
          "rows " + row0 + "-" + row1 + ", columns " + col0 + "-" + col1 + " of " + length);
    }
  }

  /**
   * Just the cells of a tile: exp(score − log-sum-exp of the row), without the rest of its rows.
   */
  private Tensor cut(int row0, int row1, int col0, int col1, boolean logits) {
    try (NDManager scope = q.getManager().newSubManager()) {
      AttentionRows rows =
          new AttentionRows(q, k, 0, head.head(), rule, edits, new Masks(scope)).in(scope);
      RowBlock block = new RowBlock(row0, row1, col0, col1, head.head(), 1, rule);
      NDArray values = rows.scores(block);
      if (!logits) {
        float[] sums = Arrays.copyOfRange(logSums, row0, row1);
        values = values.subi(scope.create(sums, new Shape(1, 1, row1 - row0, 1))).exp();
      }
      float[] tile = HostMemory.copy(values);
      for (int row = row0; row < row1; row++) {
        int at = (row - row0) * (col1 - col0) - col0;
        int first = clamp(rule.firstKey(row), col0, col1);
        int end = clamp(rule.endKey(row + 1, length), first, col1);
        Arrays.fill(tile, at + col0, at + first, Float.NaN);
        Arrays.fill(tile, at + end, at + col1, Float.NaN);
        hide(tile, at, row, first, end);
      }
      return new Tensor(tile, row1 - row0, col1 - col0);
    }
  }

  private void fill(float[] tile, int at, int q, int key0, float[] values, int col0, int col1) {
    int first = clamp(rule.firstKey(q), col0, col1);
    int end = clamp(rule.endKey(q + 1, length), first, col1);
    if (first < end) {
      System.arraycopy(values, first - key0, tile, at + first - col0, end - first);
      hide(tile, at - col0, q, first, end);
    }
  }

  /** Hides what only the prompt's mask hides, of one row of a tile that begins at {@code at}. */
  private void hide(float[] tile, int at, int query, int first, int end) {
    for (int key = first; key < end && !rule.prompt().none(); key++) {
      if (!rule.visible(query, key)) {
        tile[at + key] = Float.NaN;
      }
    }
  }

  private static int clamp(int value, int low, int high) {
    return Math.max(low, Math.min(high, value));
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
          (query, key0, values) -> pool(pooled, bin, size, query, key0, values));
    }
    return new Tensor(pooled, size, size);
  }

  private void pool(float[] pooled, int bin, int size, int query, int key0, float[] values) {
    int end = rule.endKey(query + 1, length);
    hide(values, -key0, query, rule.firstKey(query), end);
    for (int k = rule.firstKey(query); k < end; ) {
      int cell = query / bin * size + k / bin;
      int stop = Math.min(end, (k / bin + 1) * bin);
      float best = values[k - key0];
      for (k++; k < stop; k++) {
        best = Math.max(best, values[k - key0]);
      }
      // NaN, where nothing was seen yet, loses against any number.
      pooled[cell] = pooled[cell] >= best ? pooled[cell] : best;
    }
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
      FloatBuffer buffer = HostMemory.floats(values);
      float[] row = new float[block.keys()];
      for (int q = row0; q < row1; q++) {
        buffer.get((q - row0) * block.keys(), row);
        visitor.row(q, block.key0(), row);
      }
    }
  }
}
