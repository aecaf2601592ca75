package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;

/** Keys and values of the tokens before the first row of a pass. */
public interface Past {
  /** Nothing came before. */
  Past NONE =
      new Past() {
        @Override
        public int length() {
          return 0;
        }

        @Override
        public NDArray[] extend(int layer, NDArray k, NDArray v) {
          return new NDArray[] {k, v};
        }
      };

  /** Tokens before the first row. */
  int length();

  /** How much further than its number the first row stands: pictures take fewer places. */
  default int shift() {
    return 0;
  }

  /**
   * Puts keys and values of the past before those of the pass.
   *
   * @param k turned keys of the pass {@code [B, G, T, e]}
   * @param v its values {@code [B, G, T, e]}
   * @return keys and values {@code [B, G, length() + T, e]}, owned by the manager of {@code k}
   */
  NDArray[] extend(int layer, NDArray k, NDArray v);
}
