package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

/** Masks of blocks, each made once a pass and added only where something is hidden. */
public final class Masks {
  private final NDManager manager;
  private final Map<RowBlock, NDArray> made = new HashMap<>();

  /** Masks that live as long as {@code manager}. */
  public Masks(NDManager manager) {
    this.manager = manager;
  }

  /** Hides cells of {@code scores [B, H, rows, keys]} in place. */
  void hide(NDArray scores, RowBlock block) {
    ScoreRule rule = block.rule();
    if (!rule.prompt().none()) {
      RowBlock all =
          new RowBlock(block.row0(), block.row1(), block.key0(), block.key1(), 0, 0, rule);
      scores.addi(made.computeIfAbsent(all, this::make));
      return;
    }
    if (!rule.causal() && rule.window() == 0) {
      return;
    }
    // Without a window only the keys from the first row on can be hidden from a row.
    int from = rule.window() == 0 ? Math.max(block.row0(), block.key0()) : block.key0();
    if (from >= block.key1() || (block.rows() == 1 && rule.visible(block.row0(), from))) {
      return;
    }
    // A triangle is the same wherever it stands.
    int shift = rule.window() == 0 ? from : 0;
    RowBlock key =
        new RowBlock(
            block.row0() - shift,
            block.row1() - shift,
            from - shift,
            block.key1() - shift,
            0,
            0,
            rule);
    NDArray mask = made.computeIfAbsent(key, this::make);
    Slices.range(scores, 3, from - block.key0(), block.keys()).addi(mask);
  }

  private NDArray make(RowBlock block) {
    float[] mask = new float[block.rows() * block.keys()];
    for (int q = block.row0(), i = 0; q < block.row1(); q++) {
      for (int k = block.key0(); k < block.key1(); k++, i++) {
        mask[i] = block.rule().visible(q, k) ? 0 : ScoreRule.HIDDEN;
      }
    }
    return manager.create(mask, new Shape(block.rows(), block.keys()));
  }
}
