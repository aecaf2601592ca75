package dev.headlight.analysis.scores;

import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;

/** Means and standard deviations of every head, sequence by sequence (Welford 1962). */
public final class HeadTableBuilder {
  private final int layers;
  private final int heads;
  private final double[] means;
  private final double[] squares;
  private int runs;

  /** Nothing yet. */
  public HeadTableBuilder(int layers, int heads) {
    this.layers = layers;
    this.heads = heads;
    means = new double[layers * heads];
    squares = new double[layers * heads];
  }

  /** Counts one sequence in, {@code [L, H]}. */
  public void add(Tensor table) {
    double[] values = new double[table.data().length];
    Arrays.setAll(values, i -> table.data()[i]);
    add(values);
  }

  /** Counts one sequence in, row-major {@code [layers][heads]}. */
  public void add(double[] values) {
    runs++;
    for (int i = 0; i < means.length; i++) {
      double off = values[i] - means[i];
      means[i] += off / runs;
      squares[i] += off * (values[i] - means[i]);
    }
  }

  /** The means so far; NaN before the first sequence. */
  public HeadTable build() {
    double[] known = means.clone();
    if (runs == 0) {
      Arrays.fill(known, Double.NaN);
    }
    double[] deviations = new double[means.length];
    Arrays.setAll(deviations, i -> runs < 2 ? Double.NaN : Math.sqrt(squares[i] / (runs - 1)));
    return new HeadTable(layers, heads, known, deviations, runs);
  }
}
