package dev.headlight.analysis.attention;

/**
 * Sums over the rows of one head's map, fed row by row; plain Java, so that it can be checked
 * against closed forms without an engine.
 */
final class RowStatistics {
  private final int length;
  private final int bin;
  private final int side;
  private final boolean causal;
  private final int window;
  private double entropy;
  private double distance;
  private double first;
  private double previous;
  private final double[] columns;
  private final float[] thumbnail;
  private final float[] logSums;

  RowStatistics(int length, int thumbnailSide, ScoreRule rule) {
    this.length = length;
    bin = bin(length, thumbnailSide);
    side = (length + bin - 1) / bin;
    causal = rule.causal();
    window = rule.window();
    columns = new double[length];
    thumbnail = new float[side * side];
    logSums = new float[length];
  }

  /** Cells that fold into one of a thumbnail. */
  static int bin(int length, int thumbnailSide) {
    return (length + thumbnailSide - 1) / thumbnailSide;
  }

  /**
   * Counts a row in.
   *
   * @param query its position
   * @param key0 position of the first weight
   * @param weights the row's weights, masked cells 0
   * @param scores the logits behind them, or null where the weights are not their softmax
   */
  void add(int query, int key0, float[] weights, float[] scores) {
    double mean = 0;
    int keys = causal ? Math.min(weights.length, query - key0 + 1) : weights.length;
    int row = query / bin * side;
    for (int i = 0, k = key0; i < keys; i++, k++) {
      float w = weights[i];
      columns[k] += w;
      mean += (double) w * Math.abs(query - k);
      int cell = row + k / bin;
      thumbnail[cell] = Math.max(thumbnail[cell], w);
    }
    distance += mean;
    entropy += scores == null ? direct(weights, keys) : fromScores(query, weights, scores, keys);
    first += key0 == 0 ? weights[0] : 0;
    int before = query - 1 - key0;
    previous += before >= 0 && before < keys ? weights[before] : 0;
  }

  private static double direct(float[] weights, int keys) {
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum -= weights[i] > 0 ? weights[i] * Math.log(weights[i]) : 0;
    }
    return sum;
  }

  /** −Σ A ln A = ln Z − Σ A s, and ln Z = s − ln A at the largest weight: one logarithm a row. */
  private double fromScores(int query, float[] weights, float[] scores, int keys) {
    int top = 0;
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      top = weights[i] > weights[top] ? i : top;
      sum += (double) weights[i] * scores[i];
    }
    double logSum = scores[top] - Math.log(weights[top]);
    logSums[query] = (float) logSum;
    return Math.max(0, logSum - sum);
  }

  double entropy() {
    return entropy / length;
  }

  double distance() {
    return distance / length;
  }

  double firstShare() {
    return first / length;
  }

  double previousShare() {
    return length > 1 ? previous / (length - 1) : 0;
  }

  /** Mean attention to a key over the rows that can see it. */
  double columnMean(int key) {
    int rows = causal ? length - key : length;
    if (window > 0) {
      rows = Math.min(rows, causal ? window : 2 * window - 1);
    }
    return columns[key] / rows;
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
        into[offset + r * side + c] = masked(r, c) ? Float.NaN : thumbnail[r * side + c];
      }
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
