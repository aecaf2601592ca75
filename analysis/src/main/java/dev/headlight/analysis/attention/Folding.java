package dev.headlight.analysis.attention;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Tensor;
import dev.headlight.analysis.text.TokenSpans;
import java.util.Arrays;

/**
 * Attention between spans of tokens: attention <em>to</em> a span is the sum over its key tokens,
 * attention <em>of</em> a span the mean over its query tokens (Clark et al. 2019, What Does BERT
 * Look At?, section 4.1). Rows still sum to 1 where no key is left out.
 */
public final class Folding {
  /** Cells of the map that are held at once: 16 MB. */
  private static final int CELLS = 4 << 20;

  private Folding() {}

  /**
   * Folds a map, in blocks of rows so that it is never whole.
   *
   * @param map weights, masked cells NaN
   * @param spans cuts as many tokens as the map is long
   * @param firstKey keys before it are left out: 1 leaves the first token (the attention sink) out
   * @return {@code [S, S]}, 0 to 1; NaN where no query token of the row sees any key token of the
   *     column
   * @throws IllegalArgumentException when the spans are of another number of tokens
   */
  public static Tensor fold(
      AttentionWeights map, TokenSpans spans, int firstKey, Progress progress) {
    int length = map.length();
    if (spans.tokens() != length) {
      throw new IllegalArgumentException(
          "spans of %d tokens do not fit a map of %d".formatted(spans.tokens(), length));
    }
    int size = spans.size();
    float[] folded = new float[size * size];
    Arrays.fill(folded, Float.NaN);
    double[] sums = new double[size];
    boolean[] seen = new boolean[size];
    int step = Math.max(1, CELLS / length);
    for (int row0 = 0; row0 < length; row0 += step) {
      progress.check();
      progress.report((double) row0 / length, "folding");
      float[] rows = map.weights(row0, Math.min(length, row0 + step), 0, length).data();
      for (int query = row0; query < Math.min(length, row0 + step); query++) {
        add(rows, (query - row0) * length, spans, firstKey, sums, seen);
        int row = spans.of(query);
        if (query == spans.end(row) - 1) {
          write(folded, row, spans.count(row), sums, seen);
        }
      }
    }
    return new Tensor(folded, size, size);
  }

  /** Adds the weights of one query. */
  private static void add(
      float[] rows, int at, TokenSpans spans, int firstKey, double[] sums, boolean[] seen) {
    for (int column = 0; column < spans.size(); column++) {
      for (int key = Math.max(firstKey, spans.start(column)); key < spans.end(column); key++) {
        float value = rows[at + key];
        if (!Float.isNaN(value)) {
          sums[column] += value;
          seen[column] = true;
        }
      }
    }
  }

  /** Writes the means of a row whose queries were all added, and begins the next. */
  private static void write(float[] folded, int row, int count, double[] sums, boolean[] seen) {
    for (int column = 0; column < sums.length; column++) {
      if (seen[column]) {
        folded[row * sums.length + column] = (float) (sums[column] / count);
      }
    }
    Arrays.fill(sums, 0);
    Arrays.fill(seen, false);
  }
}
