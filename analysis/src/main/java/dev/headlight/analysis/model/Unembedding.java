package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
   * 1, 0]} of a model without an unembedding. Of a model that pools rows {@code [B, 1, V]}, or its
   * embedding {@code [B, 1, E]}.
   */
  NDArray apply(NDArray x, boolean allRows) {
    if (spec.pooled()) {
      NDArray out = pooled(x);
      return spec.hasLogits() ? pass.hooks().at(Site.LOGITS, -1, out) : out;
    }
    boolean all = allRows || pass.hooks().wants(Site.LN_FINAL, -1);
    NDArray kept = normed(all ? x : lastRow(x));
    if (all && !allRows) {
      kept = lastRow(kept);
    }
    if (weights.unembedding() == null) {
      return kept.getManager().zeros(new Shape(kept.getShape().get(0), 1, 0));
    }
    return pass.hooks().at(Site.LOGITS, -1, logits(kept, weights.unembedding()));
  }

  private NDArray pooled(NDArray x) {
    NDArray rows = new Pooling(spec, weights, pass).apply(normed(x));
    return weights.unembedding() == null ? rows : logits(rows, weights.unembedding());
  }

  /** Logits of these ids only, {@code [B, rows, ids]}; of all when there are none. */
  NDArray columns(NDArray x, int[] ids) {
    NDArray kept = new Pooling(spec, weights, pass).apply(normed(x));
    if (ids.length == 0) {
      return pass.hooks().at(Site.LOGITS, -1, logits(kept, weights.unembedding()));
    }
    NDManager manager = x.getManager();
    Projection whole = weights.unembedding();
    Shape shape = new Shape(ids.length);
    Weight weight = Weight.of(whole.weight().gather(ids, shape, manager));
    NDArray bias = null;
    if (whole.bias() != null) {
      NDArray column = whole.bias().expandDims(1);
      column.attach(manager);
      bias = Gather.rows(column, ids, shape, manager).reshape(ids.length);
    }
    return logits(kept, new Projection(weight, bias));
  }

  /** Rows behind the final norm, where the model has one. */
  NDArray normed(NDArray x) {
    if (weights.finalNorm() == null) {
      return x;
    }
    return pass.hooks().at(Site.LN_FINAL, -1, norm(weights.finalNorm(), x));
  }

  private NDArray logits(NDArray x, Projection unembedding) {
    NDArray logits = pass.scaled(unembedding.apply(head(x)), spec.output().scale());
    double cap = spec.output().softcap();
    return cap > 0 ? Numbers.times(Numbers.times(logits, 1 / cap).tanh(), cap) : logits;
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
