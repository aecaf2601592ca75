package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;

/** The norms, over the last axis; each returns a new array. */
final class Norms {
  private Norms() {}

  static NDArray apply(ModelSpec.Norm norm, NormWeights weights, NDArray x, boolean inPlace) {
    return switch (norm.kind()) {
      case LAYER -> layer(norm.epsilon(), weights, x);
      case RMS -> rms(norm.epsilon(), weights, x, inPlace);
    };
  }

  private static NDArray layer(double epsilon, NormWeights weights, NDArray x) {
    Shape width = new Shape(x.getShape().get(x.getShape().dimension() - 1));
    NDArray weight = weights.weight();
    boolean byHead = weight != null && weight.getShape().dimension() > 1;
    // The engine's operation takes neither a missing part nor weights of more than one axis.
    NDArray gain = weight == null || byHead ? x.getManager().ones(width) : weight;
    NDArray shift = byHead || weights.bias() == null ? x.getManager().zeros(width) : weights.bias();
    NDArray normed = LayerNorm.layerNorm(x, width, gain, shift, (float) epsilon).singletonOrThrow();
    if (!byHead) {
      return normed;
    }
    NDArray scaled = normed.mul(weight);
    return weights.bias() == null ? scaled : scaled.add(weights.bias());
  }

  private static NDArray rms(double epsilon, NormWeights weights, NDArray x, boolean inPlace) {
    int last = x.getShape().dimension() - 1;
    NDArray normed;
    try (NDArray square = x.square();
        NDArray mean = square.mean(new int[] {last}, true);
        NDArray raised = mean.add((float) epsilon);
        NDArray factor = Numbers.power(raised, -0.5)) {
      normed = x.mul(factor);
    }
    return inPlace ? normed.muli(weights.weight()) : normed.mul(weights.weight());
  }
}
