package dev.headlight.analysis.sinks;

import dev.headlight.analysis.attention.ScoreRule;

/**
 * The null model: every query attends to all keys that it may see alike. What a figure shows of a
 * model means something only beside this. Closed forms for causal attention without a window: the
 * mean of column {@code k} is {@code (H_T − H_k) / (T − k)} with the harmonic numbers {@code H},
 * the mean entropy of a row {@code ln(T!) / T}.
 */
public final class UniformAttention {
  /** Causal attention without a window. */
  public static final ScoreRule CAUSAL = new ScoreRule(true, 0);

  private UniformAttention() {}

  /** How many keys a query may see. */
  static int visible(int query, int length, ScoreRule rule) {
    return rule.endKey(query + 1, length) - rule.firstKey(query);
  }

  /** How many of the first {@code length} queries may see a key; 0 before it is there. */
  static int rows(int key, int length, ScoreRule rule) {
    int rows = rule.causal() ? length - key : length;
    if (rule.window() > 0) {
      int last = key + rule.window();
      rows = Math.min(last, length) - (rule.causal() ? key : 0);
    }
    return Math.max(0, rows);
  }

  /**
   * Mean attention to a key over the queries that may see it.
   *
   * @param length T, tokens of the sequence
   * @param key k, zero-based, below T
   * @return 0 to 1; 0.0741 for T = 64, k = 0
   */
  public static double columnMean(int length, int key) {
    return columnMean(length, key, CAUSAL);
  }

  /** The same under a layer's mask. */
  public static double columnMean(int length, int key, ScoreRule rule) {
    return columnSum(length, key, rule) / rows(key, length, rule);
  }

  /**
   * Attention to a key, summed over all queries.
   *
   * @return 0 to T
   */
  public static double columnSum(int length, int key, ScoreRule rule) {
    double sum = 0;
    for (int query = length - 1; query >= 0; query--) {
      sum += rule.visible(query, key) ? 1.0 / visible(query, length, rule) : 0;
    }
    return sum;
  }

  /**
   * Mean entropy of a row.
   *
   * @return nats; 3.206 for T = 64
   */
  public static double entropy(int length) {
    return entropy(length, CAUSAL);
  }

  /** The same under a layer's mask. */
  public static double entropy(int length, ScoreRule rule) {
    double sum = 0;
    for (int query = 0; query < length; query++) {
      sum += Math.log(visible(query, length, rule));
    }
    return sum / length;
  }

  /**
   * Share of all attention that goes to the {@code count} keys with most of it.
   *
   * @return 0 to 1
   */
  public static double topShare(int length, int count) {
    double sum = 0;
    for (int key = 0; key < Math.min(count, length); key++) {
      sum += columnSum(length, key, CAUSAL);
    }
    return sum / length;
  }
}
