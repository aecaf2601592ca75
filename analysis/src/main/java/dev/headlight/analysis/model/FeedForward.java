package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import dev.headlight.analysis.attention.Slices;

/** The MLP of a block, or one expert of a mixture. */
final class FeedForward {
  private static final float GELU_SCALE = (float) (2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = (float) (0.044715 * 2 * Math.sqrt(2 / Math.PI));

  private FeedForward() {}

  /**
   * The MLP over {@code x [B, T, d]}, in parts where that saves memory and nothing is read twice.
   */
  static NDArray inParts(ModelSpec.Mlp mlp, MlpWeights weights, NDArray x, boolean inPlace) {
    long length = x.getShape().get(1);
    boolean held = weights.up().weight().held().isPresent();
    if (length <= 2 * ModelSpec.Mlp.ROWS || !inPlace || !held) {
      return apply(mlp, weights, x, inPlace);
    }
    NDList parts = new NDList();
    for (long row = 0; row < length; row += ModelSpec.Mlp.ROWS) {
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray rows =
            x.get(
                new NDIndex()
                    .addAllDim()
                    .addSliceDim(row, Math.min(length, row + ModelSpec.Mlp.ROWS)));
        rows.attach(scope);
        NDArray part = apply(mlp, weights, rows, true);
        part.attach(x.getManager());
        parts.add(part);
      }
    }
    NDArray all = NDArrays.concat(parts, 1);
    parts.close();
    return all;
  }

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
