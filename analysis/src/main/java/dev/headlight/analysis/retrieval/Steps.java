package dev.headlight.analysis.retrieval;

import java.util.List;
import java.util.function.Function;

/** Means over decoded tokens. */
final class Steps {
  private Steps() {}

  /** Mean of a number of each head; NaN without steps. */
  static double[] mean(List<DecodedStep> steps, Function<DecodedStep, float[]> of, int count) {
    double[] means = new double[count];
    for (DecodedStep step : steps) {
      float[] values = of.apply(step);
      for (int i = 0; i < count; i++) {
        means[i] += values[i];
      }
    }
    for (int i = 0; i < count; i++) {
      means[i] /= steps.size();
    }
    return means;
  }
}
