package dev.headlight.analysis.scores;

import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;

/** Means and standard deviations of every head, sequence by sequence (Welford 1962). */
final class HeadTableBuilder {
  private final int layers;
  private final int heads;
  private final double[] means;
  private final double[] squares;
  private int runs;

  HeadTableBuilder(int layers, int heads) {
    this.layers = layers;
    this.heads = heads;
    means = new double[layers * heads];
    squares = new double[layers * heads];
  }

  /** Counts one sequence in, {@code [L, H]}. */
  void add(Tensor table) {
    double[] values = new double[table.data().length];
    Arrays.setAll(values, i -> table.data()[i]);
    add(values);
  }

  /** Counts one sequence in, row-major {@code [layers][heads]}. */
  void add(double[] values) {
    runs++;
    for (int i = 0; i < means.length; i++) {
      double off = values[i] - means[i];
      means[i] += off / runs;
      squares[i] += off * (values[i] - means[i]);
    }
  }

  HeadTable build() {
    double[] deviations = new double[means.length];
    Arrays.setAll(deviations, i -> runs < 2 ? Double.NaN : Math.sqrt(squares[i] / (runs - 1)));
    return new HeadTable(layers, heads, means.clone(), deviations, runs);
  }
}
