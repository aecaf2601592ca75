package dev.headlight.analysis.attention;

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
  private double queries;
  private int rows;
  private final double[] columns;
  private final float[] recent;
  private final float[] thumbnail;
  private final float[] beyondFirst;
  private final float[] logSums;

  RowStatistics(int length, int thumbnailSide, ScoreRule rule) {
    this.length = length;
    bin = bin(length, thumbnailSide);
    side = (length + bin - 1) / bin;
    causal = rule.causal();
    window = rule.window();
    columns = new double[length];
    recent = new float[length];
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
    // Apart from the rest, and in floats, so that the compiler makes vectors of it.
    for (int i = 0, k = key0; i < keys; i++, k++) {
      recent[k] += weights[i];
    }
    if (++rows % FLUSH == 0) {
      flush();
    }
    int top = pool(query, key0, keys, weights);
    if (scores == null) {
      entropy += direct(weights, keys);
      queries += (double) query * sum(weights, keys);
    } else {
      double logSum = scores[top] - Math.log(weights[top]);
      logSums[query] = (float) logSum;
      entropy += Math.max(0, logSum - dot(weights, scores, keys));
      queries += query;
    }
    if (!causal) {
      distance += distance(query, key0, weights, keys);
    }
    first += key0 == 0 ? weights[0] : 0;
    int before = query - 1 - key0;
    previous += before >= 0 && before < keys ? weights[before] : 0;
  }

  private void flush() {
    for (int k = 0; k < length; k++) {
      columns[k] += recent[k];
      recent[k] = 0;
    }
  }

  /** Folds a row into the thumbnail and returns where its largest weight is. */
  private int pool(int query, int key0, int keys, float[] weights) {
    int row = query / bin * side;
    int top = 0;
    for (int i = 1; key0 == 0 && i < Math.min(keys, bin); i++) {
      beyondFirst[query / bin] = Math.max(beyondFirst[query / bin], weights[i]);
    }
    for (int i = 0; i < keys; ) {
      int cell = (key0 + i) / bin;
      int end = Math.min(keys, (cell + 1) * bin - key0);
      int best = i;
      for (int j = i + 1; j < end; j++) {
        best = weights[j] > weights[best] ? j : best;
      }
      thumbnail[row + cell] = Math.max(thumbnail[row + cell], weights[best]);
      top = weights[best] > weights[top] ? best : top;
      i = end;
    }
    return top;
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

  /** In four sums side by side, which a processor adds at once. */
  private static double dot(float[] a, float[] b, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < count; i++) {
      s0 += (double) a[i] * b[i];
    }
    return s0 + s1 + s2 + s3;
  }

  /** NaN before the first row: a head that the pass has not reached. */
  private double mean(double sum, int count) {
    return rows == 0 ? Double.NaN : sum / count;
  }

  double entropy() {
    return mean(entropy, length);
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
