package dev.headlight.analysis.sweep;

import java.util.Arrays;

/**
 * What a sweep has found so far.
 *
 * @param baseline the metric of each unchanged sequence, {@code [sequences]}; NaN where not reached
 * @param values the metric of each cell, {@code [cells][sequences]}; NaN where not reached
 */
public record SweepResult(double[] baseline, double[][] values) {
  /** Copies the arrays. */
  public SweepResult {
    baseline = baseline.clone();
    values = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  /** Whether every cell of every sequence is there. */
  public boolean complete() {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
  }

  /** Mean over the sequences of a cell's value less the baseline's. */
  public double delta(int cell) {
    double sum = 0;
    for (int s = 0; s < baseline.length; s++) {
      sum += values[cell][s] - baseline[s];
    }
    return sum / baseline.length;
  }
}
