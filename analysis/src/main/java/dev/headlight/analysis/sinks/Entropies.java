package dev.headlight.analysis.sinks;

/** Entropy of a row of attention, in nats. */
final class Entropies {
  private Entropies() {}

  /** −Σ A ln A of any weights. */
  static double direct(float[] weights, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum -= weights[i] > 0 ? weights[i] * Math.log(weights[i]) : 0;
    }
    return sum;
  }

  /** The same of weights that are the softmax of these scores, with one logarithm: ln Z − Σ A s. */
  static double ofSoftmax(float[] weights, float[] scores, int count) {
    int most = 0;
    float sum = 0;
    for (int i = 0; i < count; i++) {
      most = weights[i] > weights[most] ? i : most;
    }
    // Relative to the largest, so that large scores lose no digits.
    float top = scores[most];
    for (int i = 0; i < count; i++) {
      sum += weights[i] * (scores[i] - top);
    }
    return -Math.log(weights[most]) - sum;
  }
}
