package dev.headlight.analysis.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.RowBlock;
import dev.headlight.analysis.attention.ScoreRule;
import java.util.BitSet;

/**
 * Hides cells of a head's map that a rule names; a query always keeps its own key, so that no row
 * is ever left without one.
 *
 * @param head query head
 * @param firstRow the first row that the rule may name
 * @param rule which cells
 */
record HiddenCells(int head, int firstRow, Rule rule) implements RowEdit {
  /** Which queries do not see which keys. */
  @FunctionalInterface
  interface Rule {
    boolean hides(int query, int key);
  }

  /** These queries do not see these keys. */
  static Rule keys(int first, int end, Iterable<Integer> keys) {
    BitSet hidden = new BitSet();
    keys.forEach(hidden::set);
    return (q, k) -> q >= first && q < end && hidden.get(k);
  }

  /** Patches of a grid see only patches at most {@code radius} rows and columns away. */
  static Rule beyond(int first, int rows, int columns, int radius) {
    return inGrid(
        first,
        rows,
        columns,
        (q, k) ->
            Math.max(Math.abs(q / columns - k / columns), Math.abs(q % columns - k % columns))
                > radius);
  }

  /** Patches of a grid see only patches of their own window of {@code size} rows and columns. */
  static Rule acrossWindows(int first, int rows, int columns, int size) {
    return inGrid(
        first,
        rows,
        columns,
        (q, k) ->
            q / columns / size != k / columns / size || q % columns / size != k % columns / size);
  }

  private static Rule inGrid(int first, int rows, int columns, Rule rule) {
    int end = first + rows * columns;
    return (q, k) ->
        q >= first && q < end && k >= first && k < end && rule.hides(q - first, k - first);
  }

  @Override
  public void scores(NDArray scores, RowBlock block) {
    float[] mask = new float[block.rows() * block.keys()];
    boolean any = false;
    for (int q = block.row0(), i = 0; q < block.row1(); q++) {
      for (int k = block.key0(); k < block.key1(); k++, i++) {
        boolean lost = k != q && rule.hides(q, k) && block.rule().visible(q, k);
        mask[i] = lost ? ScoreRule.HIDDEN : 0;
        any |= lost;
      }
    }
    if (any) {
      scores.addi(scores.getManager().create(mask, new Shape(block.rows(), block.keys())));
    }
  }
}
