package dev.headlight.analysis.attention;

/**
 * How products of queries and keys become scores: cap, then ALiBi, then the mask.
 *
 * @param causal whether later keys are hidden
 * @param window how many keys a query sees, itself included; 0 for all
 * @param softcap c in c · tanh(score / c) (Gemma 2); 0 for none
 * @param alibi of the layer; {@link Alibi#NONE} without
 */
public record ScoreRule(boolean causal, int window, double softcap, Alibi alibi) {
  /** Added to hidden logits: far below any real one, and still finite, so that 0 · it is 0. */
  public static final float HIDDEN = -1e30f;

  /** A rule that only hides. */
  public ScoreRule(boolean causal, int window) {
    this(causal, window, 0, Alibi.NONE);
  }

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
