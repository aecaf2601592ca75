package dev.headlight.app.engine;

import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Exact values of one query of one head.
 *
 * @param run number of the pass
 * @param of which head or heads
 * @param query the row
 * @param weights attention to each key, NaN where masked
 * @param scores logits before the softmax, NaN where masked and all over a mean
 */
public record RowReadout(long run, MapOf of, int query, float[] weights, float[] scores) {
  /** Number of keys this query can see. */
  public int visible() {
    int count = 0;
    for (float weight : weights) {
      count += Float.isNaN(weight) ? 0 : 1;
    }
    return count;
  }

  /** Place of a key among the visible ones, the largest weight first, from 1. */
  public int rank(int key) {
    int rank = 1;
    for (float weight : weights) {
      rank += weight > weights[key] ? 1 : 0;
    }
    return rank;
  }

  /** The keys with the largest weights, the largest first. */
  public List<Integer> top(int count) {
    List<Integer> keys = new ArrayList<>();
    for (int key = 0; key < weights.length; key++) {
      if (!Float.isNaN(weights[key])) {
        keys.add(key);
      }
    }
    keys.sort(Comparator.comparingDouble(key -> -weights[key]));
    return List.copyOf(keys.subList(0, Math.min(count, keys.size())));
  }

  /** The head; null for a mean. */
  public Head head() {
    return of.head();
  }

  /** Whether this is the row of a query in a map of a pass. */
  public boolean isOf(long otherRun, MapOf other, int otherQuery) {
    return run == otherRun && query == otherQuery && of.equals(other);
  }
}
