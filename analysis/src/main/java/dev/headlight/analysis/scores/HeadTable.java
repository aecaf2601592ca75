package dev.headlight.analysis.scores;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;

/**
 * One number for every head of a model, layers by heads; NaN where it is not known.
 *
 * @param layers number of layers
 * @param heads query heads a layer
 * @param values means over the sequences, row-major {@code [layers][heads]}; not copied
 * @param deviations sample standard deviations over the sequences, shaped like {@code values}; NaN
 *     where there is one sequence only; not copied
 * @param runs number of sequences that had a number; the largest where heads differ
 */
public record HeadTable(int layers, int heads, double[] values, double[] deviations, int runs) {
  /** Checks the lengths. */
  public HeadTable {
    if (values.length != layers * heads || deviations.length != layers * heads) {
      throw new IllegalArgumentException(
          "%d layers of %d heads need %d numbers, found %d and %d"
              .formatted(layers, heads, layers * heads, values.length, deviations.length));
    }
  }

  /** Numbers of one sequence, {@code [L, H]}. */
  public static HeadTable of(Tensor table) {
    HeadTableBuilder builder = new HeadTableBuilder(table.size(0), table.size(1));
    builder.add(table);
    return builder.build();
  }

  /** A head's number. */
  public double at(Head head) {
    return values[head.layer() * heads + head.head()];
  }

  /** A head's standard deviation over the sequences; NaN where there is one only. */
  public double deviation(Head head) {
    return deviations[head.layer() * heads + head.head()];
  }

  /** The largest number; NaN when none is known. */
  public double max() {
    double max = Double.NaN;
    for (double value : values) {
      max = value > max || Double.isNaN(max) ? value : max;
    }
    return max;
  }

  /** The largest magnitude; NaN when none is known. */
  public double maxMagnitude() {
    double max = Double.NaN;
    for (double value : values) {
      max = Math.abs(value) > max || Double.isNaN(max) ? Math.abs(value) : max;
    }
    return max;
  }
}
