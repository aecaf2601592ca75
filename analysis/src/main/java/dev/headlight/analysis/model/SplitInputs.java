package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.headlight.analysis.run.Site;

/**
 * Queries, keys or values from a copy of the residual stream for each head (TransformerLens's
 * {@code use_split_qkv_input}), so that what one head reads can be seen and changed alone. Computed
 * only where a hook asks for it: it costs a norm and a stream a head.
 */
final class SplitInputs {
  private final ModelSpec spec;
  private final PassState pass;
  private final int layer;
  private final LayerWeights weights;

  SplitInputs(ModelSpec spec, PassState pass, int layer, LayerWeights weights) {
    this.spec = spec;
    this.pass = pass;
    this.layer = layer;
    this.weights = weights;
  }

  /**
   * What comes of the copies at {@code site}, or {@code shared} where nobody asks for them.
   *
   * @param stream {@code [B, T, d]}
   * @param shared {@code [B, T, heads, e]}
   */
  NDArray or(Site site, NDArray stream, NDArray shared) {
    if (!pass.hooks().wants(site, layer)) {
      return shared;
    }
    int heads = site == Site.Q_INPUT ? spec.heads() : spec.kvHeads();
    NDArray copies = pass.hooks().at(site, layer, stream.expandDims(2).repeat(2, heads));
    NDArray read =
        weights.ln1() == null || !spec.form().preNorm()
            ? copies
            : Norms.apply(spec.norm(), weights.ln1(), copies, pass.inPlace());
    return projected(read, firstRow(site), heads);
  }

  private int firstRow(Site site) {
    int queries = spec.heads() * spec.headDim();
    return switch (site) {
      case Q_INPUT -> 0;
      case K_INPUT -> queries;
      default -> queries + spec.kvHeads() * spec.headDim();
    };
  }

  /** Each head's copy through its own rows of the joint projection. */
  private NDArray projected(NDArray x, int row, int heads) {
    long batch = x.getShape().get(0);
    long length = x.getShape().get(1);
    int end = row + heads * spec.headDim();
    NDArray byHead = x.transpose(2, 0, 1, 3).reshape(heads, batch * length, spec.width());
    NDArray out =
        products(byHead, row, end, heads)
            .reshape(heads, batch, length, spec.headDim())
            .transpose(1, 2, 0, 3);
    if (weights.qkv().bias() == null) {
      return out;
    }
    NDArray bias = weights.qkv().bias().get(new NDIndex().addSliceDim(row, end));
    // What is made of a weight belongs to the weights' manager unless it is moved.
    bias.attach(x.getManager());
    return out.add(bias.reshape(heads, spec.headDim()));
  }

  private NDArray products(NDArray byHead, int row, int end, int heads) {
    try (Weight.Lent lent = weights.qkv().weight().lend(row, end, byHead.getManager())) {
      NDArray weight = lent.array().reshape(heads, spec.headDim(), spec.width());
      weight.attach(byHead.getManager());
      return byHead.matMul(weight.transpose(0, 2, 1));
    }
  }
}
