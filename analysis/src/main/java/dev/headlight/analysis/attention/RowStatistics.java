package dev.headlight.analysis.attention;

import java.util.Arrays;

/**
 * Sums over the rows of one head's map, fed row by row; plain Java, so that it can be checked
 * against closed forms without an engine.
 */
final class RowStatistics {
  /** Rows after which column sums go from floats into doubles. */
  private static final int FLUSH = 64;

  private final int length;
  private final int bin;
  private final int side;
  private final boolean causal;
  private final int window;
  private double entropy;
  private double distance;
  private double first;
  private double previous;
  private double streaming;
  private double duplicate;
  private double induction;
  private int repeats;
  private double queries;
  private int rows;
  private final double[] columns;
  private final float[] recent;

  /** Weight times score of each key, since the last flush. */
  private final float[] mixed;

  /** Largest weight of each key over the rows of the present bin. */
  private final float[] largest;

  private final float[] thumbnail;
  private final float[] beyondFirst;
  private final float[] logSums;

  /** Sums over the rows from {@link RoleShares#NEAR} on of what is so far away. */
  private final double[] near = new double[RoleShares.NEAR];

  private final Earlier earlier;

  RowStatistics(int length, int thumbnailSide, ScoreRule rule) {
    this(length, thumbnailSide, rule, null);
  }

  /**
   * @param earlier of the prompt; null where its tokens are not known
   */
  RowStatistics(int length, int thumbnailSide, ScoreRule rule, Earlier earlier) {
    this.length = length;
    this.earlier = earlier;
    bin = bin(length, thumbnailSide);
    side = (length + bin - 1) / bin;
    causal = rule.triangular();
    window = rule.window();
    columns = new double[length];
    recent = new float[length];
    largest = new float[length];
    mixed = new float[length];
    thumbnail = new float[side * side];
    beyondFirst = new float[side];
    logSums = new float[length];
  }

  /** Cells that fold into one of a thumbnail. */
  static int bin(int length, int thumbnailSide) {
    return (length + thumbnailSide - 1) / thumbnailSide;
  }

  /** How many of a row's keys, from {@code key0} on, its query can see. */
  int visible(int query, int key0, int keys) {
    return causal ? Math.min(keys, query - key0 + 1) : keys;
  }

  /**
   * Counts a row in.
   *
   * @param query its position
   * @param key0 position of the first weight
   * @param keys how many of the weights are visible; what follows them is not read
   * @param weights the row's weights
   * @param scores the logits behind them, or null where the weights are not their softmax
   */
  void add(int query, int key0, int keys, float[] weights, float[] scores) {
    sum(weights, keys, recent, key0);
    largest(weights, keys, largest, key0);
    if (++rows % FLUSH == 0) {
      flush();
    }
    if (query % bin == bin - 1 || query == length - 1) {
      pool(query / bin);
    }
    if (scores == null) {
      entropy += direct(weights, keys);
      queries += (double) query * sum(weights, keys);
    } else {
      int some = heavy(weights, keys);
      double logSum = scores[some] - Math.log(weights[some]);
      logSums[query] = (float) logSum;
      entropy += logSum;
      products(weights, scores, keys, mixed, key0);
      queries += query;
    }
    if (!causal) {
      distance += distance(query, key0, weights, keys);
    }
    first += key0 == 0 ? weights[0] : 0;
    int before = query - 1 - key0;
    previous += before >= 0 && before < keys ? weights[before] : 0;
    near(query - key0, keys, query, weights);
    if (earlier != null) {
      copies(query, key0, weights);
    }
  }

  /** Counts what is near a query that has as many keys before it. */
  private void near(int own, int keys, int query, float[] weights) {
    if (query < near.length) {
      return;
    }
    double kept = weights[own];
    near[0] += weights[own];
    for (int d = 1; d < near.length; d++) {
      float before = d <= own ? weights[own - d] : 0;
      float after = !causal && own + d < keys ? weights[own + d] : 0;
      near[d] += before + after;
      kept += before + after;
    }
    if (query >= near.length + RoleShares.SINK) {
      for (int k = 0; k < RoleShares.SINK && own == query; k++) {
        kept += weights[k];
      }
      streaming += kept;
    }
  }

  /** Counts what looks at earlier copies of the query's token, and at what followed them. */
  private void copies(int query, int key0, float[] weights) {
    int seen = window > 0 ? Math.max(key0, query - window + 1) : key0;
    int copy = earlier.before(query);
    repeats += copy >= seen ? 1 : 0;
    for (; copy >= seen; copy = earlier.before(copy)) {
      duplicate += weights[copy - key0];
      induction += weights[copy + 1 - key0];
    }
  }

  // Loops of their own, over floats and one index, so that the compiler makes vectors of them.

  private static void sum(float[] from, int count, float[] into, int at) {
    if (at == 0) {
      for (int i = 0; i < count; i++) {
        into[i] += from[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        into[at + i] += from[i];
      }
    }
  }

  private static void largest(float[] from, int count, float[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = Math.max(into[at + i], from[i]);
    }
  }

  private static void products(float[] a, float[] b, int count, float[] into, int at) {
    if (at == 0) {
      for (int i = 0; i < count; i++) {
        into[i] += a[i] * b[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        into[at + i] += a[i] * b[i];
      }
    }
  }

  private void flush() {
    for (int k = 0; k < length; k++) {
      columns[k] += recent[k];
      recent[k] = 0;
      entropy -= mixed[k];
      mixed[k] = 0;
    }
  }

  /** A key that gets at least its share: its weight and score tell the row's sum exactly. */
  private static int heavy(float[] weights, int keys) {
    float share = 0.5f / keys;
    for (int i = 0; i < keys; i++) {
      if (weights[i] >= share) {
        return i;
      }
    }
    return keys - 1;
  }

  /** Folds the rows of a bin into the thumbnail. */
  private void pool(int row) {
    for (int i = 1; i < Math.min(length, bin); i++) {
      beyondFirst[row] = Math.max(beyondFirst[row], largest[i]);
    }
    int end = causal ? Math.min(length, (row + 1) * bin) : length;
    for (int cell = 0, k = 0; k < end; cell++) {
      float most = 0;
      for (int stop = Math.min(end, k + bin); k < stop; k++) {
        most = Math.max(most, largest[k]);
      }
      thumbnail[row * side + cell] = most;
    }
    Arrays.fill(largest, 0, end, 0);
  }

  private static double direct(float[] weights, int keys) {
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum -= weights[i] > 0 ? weights[i] * Math.log(weights[i]) : 0;
    }
    return sum;
  }

  private static double sum(float[] weights, int keys) {
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += weights[i];
    }
    return sum;
  }

  private static double distance(int query, int key0, float[] weights, int keys) {
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += (double) weights[i] * Math.abs(query - key0 - i);
    }
    return sum;
  }

  /** NaN before the first row: a head that the pass has not reached. */
  private double mean(double sum, int count) {
    return rows == 0 ? Double.NaN : sum / count;
  }

  double entropy() {
    flush();
    return mean(Math.max(0, entropy), length);
  }

  /** Causal rows look back only: Σ A (q − k) = Σ q − Σ over columns of k times what they got. */
  double distance() {
    if (!causal) {
      return mean(distance, length);
    }
    flush();
    double keys = 0;
    for (int k = 0; k < length; k++) {
      keys += k * columns[k];
    }
    return mean(Math.max(0, queries - keys), length);
  }

  double firstShare() {
    return mean(first, length);
  }

  double previousShare() {
    return length > 1 ? mean(previous, length - 1) : 0;
  }

  /** Mean attention to keys so many tokens away; NaN where no row counts. */
  double near(int distance) {
    return length <= near.length ? Double.NaN : mean(near[distance], length - near.length);
  }

  /** Mean attention to the first keys and to near ones; NaN where no row counts. */
  double streamingShare() {
    int left = length - near.length - RoleShares.SINK;
    return left <= 0 ? Double.NaN : mean(streaming, left);
  }

  /** Mean attention to earlier copies of the query's token; NaN where there are none. */
  double duplicateShare() {
    return repeats == 0 ? Double.NaN : duplicate / repeats;
  }

  /** Mean attention to what followed earlier copies; NaN where there are none. */
  double inductionShare() {
    return repeats == 0 ? Double.NaN : induction / repeats;
  }

  /** Mean attention to a key over the rows that can see it. */
  double columnMean(int key) {
    int seen = causal ? length - key : length;
    if (window > 0) {
      seen = Math.min(seen, causal ? window : 2 * window - 1);
    }
    return mean(columns[key] + recent[key], seen);
  }

  /** Log-sum-exp of each row's logits; only of rows that came with scores. */
  float[] logSums() {
    return logSums;
  }

  int side() {
    return side;
  }

  /** Copies the thumbnail, with NaN where every cell it covers is masked. */
  void thumbnail(float[] into, int offset) {
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        into[offset + r * side + c] =
            rows == 0 || masked(r, c) ? Float.NaN : thumbnail[r * side + c];
      }
    }
  }

  /**
   * Copies the thumbnail's first column as it is without key 0; NaN where nothing else is in it.
   */
  void beyondFirst(float[] into, int offset) {
    for (int r = 0; r < side; r++) {
      into[offset + r] = rows == 0 || bin == 1 || masked(r, 0) ? Float.NaN : beyondFirst[r];
    }
  }

  private boolean masked(int row, int column) {
    int lastQuery = Math.min(length, (row + 1) * bin) - 1;
    int lastKey = Math.min(length, (column + 1) * bin) - 1;
    boolean after = causal && column * bin > lastQuery;
    boolean before = window > 0 && lastKey <= row * bin - window;
    return after || before;
  }
}
