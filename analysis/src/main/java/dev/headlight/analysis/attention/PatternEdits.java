package dev.headlight.analysis.attention;

import ai.djl.ndarray.NDArray;

/**
 * Changes to the attention of a layer, applied to any block of its rows; the pass and the maps
 * computed later use the same object, so they cannot disagree.
 */
public interface PatternEdits {
  /** No change. */
  PatternEdits NONE =
      new PatternEdits() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public void scores(NDArray scores, RowBlock block) {}

        @Override
        public void pattern(NDArray pattern, RowBlock block) {}
      };

  /** Whether nothing is ever changed. */
  boolean isEmpty();

  /** Changes logits in place, after the mask and before the softmax: {@code [B, H, rows, keys]}. */
  void scores(NDArray scores, RowBlock block);

  /** Changes weights in place: {@code [B, H, rows, keys]}. */
  void pattern(NDArray pattern, RowBlock block);
}
