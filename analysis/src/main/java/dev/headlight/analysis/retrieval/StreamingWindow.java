package dev.headlight.analysis.retrieval;

/**
 * What a streaming head keeps of its keys: the first and the most recent (Xiao et al. 2024,
 * Λ-shaped mask of StreamingLLM and DuoAttention). Key k is kept for query i when k &lt; sink or i
 * − k &lt; recent.
 *
 * @param sink how many of the first keys, 0 or more
 * @param recent how many of the last keys, the query's own included, 1 or more
 */
public record StreamingWindow(int sink, int recent) {
  /** With which DuoAttention's gates are trained, on contexts of 1,000 to 32,000 tokens. */
  public static final StreamingWindow TRAINING = new StreamingWindow(128, 256);

  /** With which DuoAttention's example is deployed. */
  public static final StreamingWindow DEPLOYMENT = new StreamingWindow(64, 256);

  /** For prompts of some hundred tokens, of which the larger windows keep nearly all. */
  public static final StreamingWindow SMALL = new StreamingWindow(16, 64);

  /** Checks the numbers. */
  public StreamingWindow {
    if (sink < 0 || recent < 1) {
      throw new IllegalArgumentException("a window of " + sink + " and " + recent + " keys");
    }
  }

  /** Whether a query sees a key; keys after the query are not asked for. */
  public boolean keeps(int query, int key) {
    return key < sink || query - key < recent;
  }
}
