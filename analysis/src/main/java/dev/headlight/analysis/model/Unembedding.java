package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.run.Site;

/** What happens after the last block: norm, dense layer, unembedding, scale and cap of logits. */
final class Unembedding {
  private final ModelSpec spec;
  private final ModelWeights weights;
  private final PassState pass;

  Unembedding(ModelSpec spec, ModelWeights weights, PassState pass) {
    this.spec = spec;
    this.weights = weights;
    this.pass = pass;
  }

  /**
   * Logits {@code [B, T, V]}, or {@code [B, 1, V]} when only the last row was asked for; {@code [B,
   * 1, 0]} of a model without an unembedding.
   */
  NDArray apply(PassInput input, NDArray x) {
    boolean all = input.allLogits() || pass.hooks().wants(Site.LN_FINAL, -1);
    NDArray kept = all ? x : lastRow(x);
    if (weights.finalNorm() != null) {
      kept = norm(weights.finalNorm(), kept);
      kept = pass.hooks().at(Site.LN_FINAL, -1, kept);
    }
    if (all && !input.allLogits()) {
      kept = lastRow(kept);
    }
    if (weights.unembedding() == null) {
      return kept.getManager().zeros(new Shape(kept.getShape().get(0), 1, 0));
    }
    NDArray logits = weights.unembedding().apply(head(kept));
    logits = pass.scaled(logits, spec.output().scale());
    double cap = spec.output().softcap();
    if (cap > 0) {
      logits = Numbers.times(Numbers.times(logits, 1 / cap).tanh(), cap);
    }
    return pass.hooks().at(Site.LOGITS, -1, logits);
  }

  private NDArray head(NDArray x) {
    if (weights.head() == null) {
      return x;
    }
    NDArray dense = weights.head().dense().apply(x);
    ModelSpec.Activation activation = spec.output().transform().orElseThrow();
    return norm(weights.head().norm(), FeedForward.activate(activation, dense, pass.inPlace()));
  }

  private NDArray norm(NormWeights norm, NDArray x) {
    return Norms.apply(spec.norm(), norm, x, pass.inPlace());
  }

  private static NDArray lastRow(NDArray x) {
    long length = x.getShape().get(1);
    return Slices.range(x, 1, length - 1, length);
  }
}
