package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** The MLP of a block. */
final class FeedForward {
  private static final double GELU_SCALE = 2 * Math.sqrt(2 / Math.PI);

  private FeedForward() {}

  /** {@code down(act(up x))}, or {@code down(act(gate x) · up x)}; {@code x [B, T, d]}. */
  static NDArray apply(ModelSpec.Mlp mlp, LayerWeights weights, NDArray x, boolean inPlace) {
    NDArray wide = weights.up().apply(x);
    if (!mlp.gated()) {
      return weights.down().apply(activate(mlp.activation(), wide));
    }
    NDArray gate = activate(mlp.activation(), wide.get("..., 0:" + mlp.inner()));
    NDArray up = wide.get("..., " + mlp.inner() + ":" + 2 * mlp.inner());
    return weights.down().apply(inPlace ? gate.muli(up) : gate.mul(up));
  }

  static NDArray activate(ModelSpec.Activation activation, NDArray x) {
    return switch (activation) {
      case GELU -> Activation.gelu(x);
      case GELU_TANH -> tanhGelu(x);
      case SILU -> Activation.sigmoid(x).mul(x);
      case RELU -> Activation.relu(x);
      case QUICK_GELU -> Activation.sigmoid(x.mul(1.702)).mul(x);
    };
  }

  /** ½x(1 + tanh(√(2/π)(x + 0.044715x³))), written as x·σ(2√(2/π)(x + 0.044715x³)). */
  private static NDArray tanhGelu(NDArray x) {
    NDArray inner = x.square().mul(0.044715 * GELU_SCALE).add(GELU_SCALE).mul(x);
    return Activation.sigmoid(inner).mul(x);
  }
}
