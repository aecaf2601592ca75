package dev.headlight.analysis.attention;

/**
 * Which keys a query may see.
 *
 * @param causal whether later keys are hidden
 * @param window how many keys a query sees, itself included; 0 for all
 */
public record ScoreRule(boolean causal, int window) {
  /** Added to hidden logits: far below any real one, and still finite, so that 0 · it is 0. */
  public static final float HIDDEN = -1e30f;

  /** Whether a query may see a key. */
  public boolean visible(int query, int key) {
    return !(causal && key > query) && !(window > 0 && key <= query - window);
  }

  /** First key that any of the rows from {@code row0} on can see. */
  public int firstKey(int row0) {
    return window > 0 ? Math.max(0, row0 - window + 1) : 0;
  }

  /** One past the last key that rows before {@code row1} can see, of {@code keys} in all. */
  public int endKey(int row1, int keys) {
    return causal ? Math.min(row1, keys) : keys;
  }
}
