package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.attention.PatternEdits;
import dev.headlight.analysis.run.Site;

/**
 * What a pass tells about itself while it runs, and where it lets itself be changed. Arrays passed
 * in belong to the pass: whoever keeps one copies it.
 */
public interface Hooks {
  /** Hears nothing, changes nothing. */
  Hooks NONE = new Hooks() {};

  /** Whether {@link #at} does anything here; what costs work only to be shown asks first. */
  default boolean wants(Site site, int layer) {
    return false;
  }

  /**
   * A value at its site.
   *
   * @param value with a batch axis in front of the shape that {@link Site} states
   * @return the value to go on with: the same array, or one of the same shape
   */
  default NDArray at(Site site, int layer, NDArray value) {
    return value;
  }

  /** Changes to scores and patterns of a layer. */
  default PatternEdits edits(int layer) {
    return PatternEdits.NONE;
  }

  /**
   * Rows of a layer's attention, in order.
   *
   * @param scores {@code [B, H, rows, keys]} before the softmax, masked cells very negative
   * @param pattern {@code [B, H, rows, keys]} after it
   * @param row0 position of the first row
   * @param key0 position of the first key
   */
  default void rows(int layer, NDArray scores, NDArray pattern, int row0, int key0) {}

  /**
   * Queries and keys as the scores use them.
   *
   * @param q {@code [B, T, H, e]}
   * @param k {@code [B, T, G, e]}
   */
  default void rotated(int layer, NDArray q, NDArray k) {}
}
