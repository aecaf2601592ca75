package dev.headlight.analysis.scores;

import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;

/**
 * Means and standard deviations of every head, sequence by sequence (Welford 1962). A sequence that
 * has no number for a head does not count for it.
 */
public final class HeadTableBuilder {
  private final int layers;
  private final int heads;
  private final double[] means;
  private final double[] squares;
  private final int[] runs;

  /** Of so many layers of so many heads, no sequence counted yet. */
  public HeadTableBuilder(int layers, int heads) {
    this.layers = layers;
    this.heads = heads;
    means = new double[layers * heads];
    squares = new double[layers * heads];
    runs = new int[layers * heads];
  }

  /** Counts one sequence in, {@code [L, H]}. */
  public void add(Tensor table) {
    double[] values = new double[table.data().length];
    Arrays.setAll(values, i -> table.data()[i]);
    add(values);
  }

  /** Counts one sequence in, row-major {@code [layers][heads]}. */
  public void add(double[] values) {
    for (int i = 0; i < means.length; i++) {
      if (!Double.isNaN(values[i])) {
        double off = values[i] - means[i];
        means[i] += off / ++runs[i];
        squares[i] += off * (values[i] - means[i]);
      }
    }
  }

  /** What was counted so far. */
  public HeadTable build() {
    double[] values = new double[means.length];
    double[] deviations = new double[means.length];
    Arrays.setAll(values, i -> runs[i] < 1 ? Double.NaN : means[i]);
    Arrays.setAll(
        deviations, i -> runs[i] < 2 ? Double.NaN : Math.sqrt(squares[i] / (runs[i] - 1)));
    int most = Arrays.stream(runs).max().orElse(0);
    return new HeadTable(layers, heads, values, deviations, most);
  }
}
