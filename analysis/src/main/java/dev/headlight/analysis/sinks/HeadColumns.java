package dev.headlight.analysis.sinks;

import dev.headlight.analysis.attention.ScoreRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sums the columns of one head's map, fed row by row, and keeps what answers any threshold and any
 * length at once: the means of the first keys at every length, and of a later key the stretches of
 * lengths at which its mean is above a floor. At any length, of the keys that n to 2n rows see at
 * most {@code 2 / floor} are above it, so that O(T log T / floor) numbers are kept at worst. Plain
 * Java, so that it can be checked against closed forms without an engine.
 */
final class HeadColumns {
  private final int length;
  private final int firstKeys;
  private final double floor;
  private final ScoreRule rule;
  private final double[] sums;
  private final float[] first;
  private final float[] entropies;
  private double entropy;
  private Stretch[] open;
  private final List<Stretch> closed = new ArrayList<>();

  /**
   * @param length T
   * @param firstKeys of how many keys the means at every length are kept
   * @param floor below which means of later keys are not kept
   * @param rule which keys are visible
   */
  HeadColumns(int length, int firstKeys, double floor, ScoreRule rule) {
    this.length = length;
    this.firstKeys = Math.min(firstKeys, length);
    this.floor = floor;
    this.rule = rule;
    sums = new double[length];
    first = new float[this.firstKeys * length];
    Arrays.fill(first, Float.NaN);
    entropies = new float[length];
  }

  /** How many of a row's keys, from {@code key0} on, its query can see. */
  int visible(int query, int key0, int keys) {
    return rule.causal() ? Math.min(keys, query - key0 + 1) : keys;
  }

  /**
   * Counts a row in; rows come in order.
   *
   * @param query its position
   * @param key0 position of the first weight
   * @param keys how many of the weights are visible
   * @param weights the row's weights
   * @param rowEntropy −Σ A ln A of the row, nats
   */
  void add(int query, int key0, int keys, float[] weights, double rowEntropy) {
    for (int i = 0; i < keys; i++) {
      sums[key0 + i] += weights[i];
    }
    entropy += Math.max(0, rowEntropy);
    entropies[query] = (float) (entropy / (query + 1));
    // Queries that see later keys change with the sequence's end: only the whole is a length.
    if (rule.causal() || query == length - 1) {
      keep(query + 1);
    }
  }

  private void keep(int now) {
    for (int k = 0; k < Math.min(firstKeys, now); k++) {
      first[k * length + now - 1] = mean(k, now);
    }
    for (int k = 1; k < now; k++) {
      int rows = UniformAttention.rows(k, now, rule);
      if (rows >= LaterSink.LEAST_ROWS && sums[k] > floor * rows) {
        stretch(k, now).add((float) (sums[k] / rows));
      } else if (open != null && open[k] != null) {
        closed.add(open[k]);
        open[k] = null;
      }
    }
  }

  private Stretch stretch(int key, int now) {
    if (open == null) {
      open = new Stretch[length];
    }
    if (open[key] == null) {
      open[key] = new Stretch(key, now);
    }
    return open[key];
  }

  private float mean(int key, int now) {
    return (float) (sums[key] / UniformAttention.rows(key, now, rule));
  }

  /** What was kept. */
  KeptHead finish() {
    float[] columns = new float[length];
    for (int k = 0; k < length; k++) {
      columns[k] = mean(k, length);
    }
    List<Stretch> all = new ArrayList<>(closed);
    if (open != null) {
      Arrays.stream(open).filter(s -> s != null).forEach(all::add);
    }
    all.sort(Comparator.comparingInt((Stretch s) -> s.key).thenComparingInt(s -> s.from));
    return new KeptHead(
        length, first, entropies, columns, all.stream().map(Stretch::kept).toList());
  }

  /** Lengths in a row at which a key's mean is above the floor. */
  private static final class Stretch {
    private final int key;
    private final int from;
    private float[] means = new float[4];
    private int count;

    Stretch(int key, int from) {
      this.key = key;
      this.from = from;
    }

    void add(float mean) {
      if (count == means.length) {
        means = Arrays.copyOf(means, 2 * count);
      }
      means[count++] = mean;
    }

    KeptHead.Later kept() {
      return new KeptHead.Later(key, from, Arrays.copyOf(means, count));
    }
  }
}
