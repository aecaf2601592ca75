package dev.headlight.analysis.attention;

/**
 * How products of queries and keys become scores: cap, then ALiBi, then the mask.
 *
 * @param causal whether later keys are hidden
 * @param window how many keys a query sees, itself included; 0 for all
 * @param softcap c in c · tanh(score / c) (Gemma 2); 0 for none
 * @param alibi of the layer; {@link Alibi#NONE} without
 * @param prompt what the prompt shows and hides beyond that
 */
public record ScoreRule(
    boolean causal, int window, double softcap, Alibi alibi, PromptMask prompt) {
  /** Added to hidden logits: far below any real one, and still finite, so that 0 · it is 0. */
  public static final float HIDDEN = -1e30f;

  /** A rule of a layer, whatever the prompt. */
  public ScoreRule(boolean causal, int window, double softcap, Alibi alibi) {
    this(causal, window, softcap, alibi, PromptMask.NONE);
  }

  /** A rule that only hides. */
  public ScoreRule(boolean causal, int window) {
    this(causal, window, 0, Alibi.NONE);
  }

  /** The same rule in a prompt that shows or hides more. */
  public ScoreRule in(PromptMask mask) {
    return mask.none() ? this : new ScoreRule(causal, window, softcap, alibi, mask);
  }

  /** Whether a query may see a key. */
  public boolean visible(int query, int key) {
    boolean ruled = !(causal && key > query) && !(window > 0 && key <= query - window);
    return prompt.none() ? ruled : prompt.visible(query, key, ruled);
  }

  /** Whether exactly the keys after the query are hidden, the window apart. */
  public boolean triangular() {
    return causal && prompt.none();
  }

  /** First key that any of the rows from {@code row0} on can see. */
  public int firstKey(int row0) {
    return window > 0 && prompt.none() ? Math.max(0, row0 - window + 1) : 0;
  }

  /** One past the last key that rows before {@code row1} can see, of {@code keys} in all. */
  public int endKey(int row1, int keys) {
    return triangular() ? Math.min(row1, keys) : keys;
  }
}
