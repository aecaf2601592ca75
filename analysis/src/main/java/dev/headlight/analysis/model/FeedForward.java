package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.headlight.analysis.attention.Slices;

/** The MLP of a block, or one expert of a mixture. */
final class FeedForward {
  private static final float GELU_SCALE = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = (float) (0.044715 * 2 * Math.sqrt(2 / Math.PI));

  private FeedForward() {}

  /** {@code down(act(up x))}, or {@code down(act(gate x) · up x)}; {@code x [..., d]}. */
  static NDArray apply(ModelSpec.Mlp mlp, MlpWeights weights, NDArray x, boolean inPlace) {
    NDArray wide = weights.up().apply(x);
    if (!mlp.gated()) {
      return weights.down().apply(activate(mlp.activation(), wide, inPlace));
    }
    long inner = weights.down().weight().columns();
    NDArray gate = Slices.range(wide, -1, 0, inner);
    NDArray up = Slices.range(wide, -1, inner, 2 * inner);
    NDArray active = activate(mlp.activation(), gate, inPlace);
    return weights.down().apply(inPlace ? active.muli(up) : active.mul(up));
  }

  static NDArray activate(ModelSpec.Activation activation, NDArray x, boolean inPlace) {
    return switch (activation) {
      case GELU -> Activation.gelu(x);
      case GELU_TANH -> timesSigmoid(x, tanhInner(x, inPlace), inPlace);
      case SILU -> timesSigmoid(x, x, inPlace);
      case RELU -> Activation.relu(x);
      case QUICK_GELU -> timesSigmoid(x, Numbers.times(x, 1.702), inPlace);
    };
  }

  /** ½x(1 + tanh(√(2/π)(x + 0.044715x³))), written as x·σ(2√(2/π)(x + 0.044715x³)). */
  private static NDArray tanhInner(NDArray x, boolean inPlace) {
    NDArray square = x.square();
    return inPlace
        ? square.muli(GELU_CUBIC).addi(GELU_SCALE).muli(x)
        : Numbers.times(square, GELU_CUBIC).add(GELU_SCALE).mul(x);
  }

  private static NDArray timesSigmoid(NDArray x, NDArray inner, boolean inPlace) {
    NDArray gate = Activation.sigmoid(inner);
    return inPlace ? gate.muli(x) : gate.mul(x);
  }
}
