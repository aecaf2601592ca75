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
    return LayerNorm.layerNorm(x, width, weights.weight(), weights.bias(), (float) epsilon)
        .singletonOrThrow();
  }

  private static NDArray rms(double epsilon, NormWeights weights, NDArray x, boolean inPlace) {
    int last = x.getShape().dimension() - 1;
    NDArray mean = x.square().mean(new int[] {last}, true);
    NDArray normed = x.mul(Numbers.power(mean.add(epsilon), -0.5));
    return inPlace ? normed.muli(weights.weight()) : normed.mul(weights.weight());
  }
}
