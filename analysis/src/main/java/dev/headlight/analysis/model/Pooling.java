package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import java.util.List;

/** The rows of a prompt or picture that become its one output. */
final class Pooling {
  private final ModelSpec spec;
  private final ModelWeights weights;
  private final PassState pass;

  Pooling(ModelSpec spec, ModelWeights weights, PassState pass) {
    this.spec = spec;
    this.weights = weights;
    this.pass = pass;
  }

  /** {@code x [B, T, d]}, every row, to {@code [B, 1, d]}, or {@code [B, 1, 2d]} side by side. */
  NDArray apply(NDArray x) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    return switch (spec.output().pool().kind()) {
      case EACH -> x;
      case FIRST -> Slices.range(x, 1, 0, 1);
      case FIRST_TWO -> Slices.range(x, 1, 0, 2).reshape(batch, 1, 2L * spec.width());
      case FIRST_AND_MEAN -> {
        long before = spec.patches().orElseThrow().before();
        NDArray mean = Slices.range(x, 1, before, length).mean(new int[] {1}, true);
        yield Slices.range(x, 1, 0, 1).concat(mean, 2);
      }
      case LAST -> Slices.range(x, 1, length - 1, length);
      case LARGEST_ID, TOKEN -> found(x);
      case PROBE -> probe(x);
    };
  }

  private NDArray found(NDArray x) {
    List<int[]> prompts = pass.tokens();
    int length = (int) x.getShape().get(1);
    int[] rows = new int[prompts.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * length + place(prompts.get(i));
    }
    NDArray flat = x.reshape(-1, spec.width());
    return Gather.rows(flat, rows, new Shape(rows.length, 1), x.getManager());
  }

  private int place(int[] tokens) {
    boolean largest = spec.output().pool().kind() == ModelSpec.Pool.Way.LARGEST_ID;
    int best = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (largest ? tokens[i] > tokens[best] : tokens[i] == spec.output().pool().id()) {
        best = i;
        if (!largest) {
          break;
        }
      }
    }
    return best;
  }

  private NDArray probe(NDArray x) {
    PoolWeights w = weights.pool();
    int d = spec.width();
    NDArray probe = w.probe().expandDims(0);
    // What is made of a weight belongs to the weights' manager unless it is moved.
    probe.attach(x.getManager());
    NDArray q = heads(Slices.range(w.qkv().apply(probe), 2, 0, d));
    NDArray qkv = w.qkv().apply(x);
    NDArray k = heads(Slices.range(qkv, 2, d, 2L * d));
    NDArray v = heads(Slices.range(qkv, 2, 2L * d, 3L * d));
    NDArray scores =
        Numbers.times(q, 1 / Math.sqrt(spec.headDim())).matMul(k.transpose(0, 1, 3, 2));
    NDArray z = scores.softmax(-1).matMul(v).reshape(x.getShape().get(0), 1, d);
    NDArray seen = w.out().apply(z);
    NDArray read = Norms.apply(spec.norm(), w.norm(), seen, pass.inPlace());
    return seen.add(FeedForward.apply(spec.mlp(), w.mlp(), read, pass.inPlace()));
  }

  private NDArray heads(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), spec.heads(), spec.headDim())
        .transpose(0, 2, 1, 3);
  }
}
