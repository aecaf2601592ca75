package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Computes blocks of attention rows: scores, mask, changes, softmax. The only place where attention
 * is computed, for passes and for maps on demand alike.
 *
 * @param q scaled queries {@code [B, H, rows of the pass, e]}
 * @param k keys {@code [B, G, keys, e]}
 * @param firstRow position of the first row of {@code q}; keys start at position 0
 * @param head0 query head of the first slice of {@code q}
 * @param rule of the layer
 * @param edits changes of the layer
 * @param masks of the pass
 */
public record AttentionRows(
    NDArray q,
    NDArray k,
    int firstRow,
    int head0,
    ScoreRule rule,
    PatternEdits edits,
    Masks masks) {
  /** Prompts up to this length are computed in one block: it is faster than many. */
  private static final int WHOLE = 256;

  private static final int MOST_ROWS = 128;
  private static final int LEAST_ROWS = 16;

  /**
   * Cells of a block, about: memory of this size is used again by the next block, larger pieces are
   * taken from the system and cleared each time.
   */
  private static final int CELLS = 2 << 20;

  /**
   * How many rows a pass computes at a time.
   *
   * @param rows of the pass
   * @param keys that the last row may see
   * @param heads query heads, times the prompts of the pass
   */
  public static int step(int rows, int keys, int heads) {
    long fit = CELLS / ((long) keys * heads);
    return rows <= WHOLE ? rows : (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, fit));
  }

  /** The block of rows {@code [row0, row1)}, over every key that one of them can see. */
  public RowBlock block(int row0, int row1) {
    int keys = (int) k.getShape().get(2);
    int heads = (int) q.getShape().get(1);
    int key0 = rule.firstKey(row0);
    return new RowBlock(row0, row1, key0, rule.endKey(row1, keys), head0, heads, rule);
  }

  /** Logits {@code [B, H, rows, keys]}; hidden cells are near {@link ScoreRule#HIDDEN}. */
  public NDArray scores(RowBlock block) {
    long batch = q.getShape().get(0);
    long groups = k.getShape().get(1);
    long width = q.getShape().get(3);
    long perGroup = block.heads() / groups;
    NDArray rows =
        Slices.range(q, 2, block.row0() - firstRow, block.row1() - firstRow)
            .reshape(batch * groups, perGroup * block.rows(), width);
    NDArray keys =
        Slices.range(k, 2, block.key0(), block.key1()).reshape(batch * groups, block.keys(), width);
    NDArray scores =
        rows.matMul(keys.transpose(0, 2, 1))
            .reshape(batch, block.heads(), block.rows(), block.keys());
    if (rule.softcap() > 0) {
      // As an array of the engine's: a backward pass would read a lent Java number too late.
      NDArray cap = scores.getManager().full(new Shape(), (float) rule.softcap());
      scores = scores.div(cap).tanh().mul(cap);
    }
    if (rule.alibi().present()) {
      scores.addi(rule.alibi().terms(block, scores.getManager()));
    }
    masks.hide(scores, block);
    return edits.scores(scores, block);
  }

  /** The same, with results owned by {@code scope}, so that a block is freed before the next. */
  public AttentionRows in(NDManager scope) {
    return new AttentionRows(view(q, scope), view(k, scope), firstRow, head0, rule, edits, masks);
  }

  /** The same array, whose parts and results are owned by {@code scope}. */
  public static NDArray view(NDArray array, NDManager scope) {
    NDArray view = array.get(":");
    view.attach(scope);
    return view;
  }

  /** Weights {@code [B, H, rows, keys]} from the logits of the same block. */
  public NDArray pattern(NDArray scores, RowBlock block) {
    return edits.pattern(scores.softmax(-1), block);
  }
}
