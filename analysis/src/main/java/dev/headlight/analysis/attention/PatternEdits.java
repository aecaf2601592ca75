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
        public NDArray scores(NDArray scores, RowBlock block) {
          return scores;
        }

        @Override
        public NDArray pattern(NDArray pattern, RowBlock block) {
          return pattern;
        }
      };

  /** Whether nothing is ever changed. */
  boolean isEmpty();

  /**
   * Which keys are visible to all heads of the layer, before anything else is changed.
   *
   * @param rule as it is without changes
   */
  default ScoreRule rule(ScoreRule rule) {
    return rule;
  }

  /**
   * Changes logits, after the mask and before the softmax.
   *
   * @param scores {@code [B, H, rows, keys]}, which may be overwritten
   * @return the logits to go on with
   */
  NDArray scores(NDArray scores, RowBlock block);

  /**
   * Changes weights.
   *
   * @param pattern {@code [B, H, rows, keys]}, which may be overwritten
   * @return the weights to go on with
   */
  NDArray pattern(NDArray pattern, RowBlock block);
}
