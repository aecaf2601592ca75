package dev.headlight.analysis.parity;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.parity.ParityReport.Outcome;
import dev.headlight.analysis.run.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** The largest difference so far, over tensors. */
final class Comparison {
  private double worst;
  private String tensor = "";
  private long values;

  long values() {
    return values;
  }

  /**
   * Compares a tensor.
   *
   * @throws CheckpointException when the reference has another shape or holds what is no number
   */
  void add(ParityReference reference, String name, Tensor ours) {
    long[] shape = Arrays.stream(ours.shape()).asLongStream().toArray();
    long[] found = reference.shape(name, shape.length);
    if (!Arrays.equals(found, shape)) {
      throw new CheckpointException(
          "%s: %s has shape %s, the model gives %s; the file belongs to another model."
              .formatted(reference.file(), name, Arrays.toString(found), Arrays.toString(shape)));
    }
    float[] expected = reference.floats(name);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!Float.isFinite(expected[i])) {
        throw new CheckpointException(
            "%s: %s holds %s at element %d, expected finite numbers; make the file again."
                .formatted(reference.file(), name, expected[i], i));
      }
      double difference = Math.abs((double) ours.data()[i] - expected[i]);
      largest = Math.max(largest, Double.isFinite(difference) ? difference : Double.MAX_VALUE);
    }
    count(name, largest == Double.MAX_VALUE ? Double.POSITIVE_INFINITY : largest, expected);
  }

  private void count(String name, double largest, float[] expected) {
    double relative = largest / Math.max(1, deviation(expected));
    if (tensor.isEmpty() || relative > worst) {
      worst = relative;
      tensor = name;
    }
    values += expected.length;
  }

  private static double deviation(float[] values) {
    double mean = 0;
    for (float value : values) {
      mean += (double) value / values.length;
    }
    double square = 0;
    for (float value : values) {
      square += (value - mean) * (value - mean) / values.length;
    }
    return Math.sqrt(square);
  }

  ParityReport report(ParityReference reference) {
    Outcome outcome = worst <= ParityReport.TOLERANCE ? Outcome.PASSED : Outcome.FAILED;
    return new ParityReport(
        outcome, worst, tensor, values, Optional.of(reference.file()), reference.madeWith(), "");
  }
}
