package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import dev.headlight.analysis.run.Site;

/** One block: attention and MLP around the residual stream, in any of the forms. */
final class Block {
  private final ModelSpec spec;
  private final PassState pass;
  private final Hooks hooks;

  Block(ModelSpec spec, PassState pass) {
    this.spec = spec;
    this.pass = pass;
    hooks = pass.hooks();
  }

  /** {@code x [B, T, d]} to {@code [B, T, d]}. */
  NDArray apply(int layer, LayerWeights w, NDArray input) {
    NDArray x = hooks.at(Site.RESID_PRE, layer, input);
    return switch (spec.form()) {
      case SERIAL, SANDWICH, BRANCH_NORM -> serial(layer, w, x);
      case PARALLEL, PARALLEL_SHARED -> parallel(layer, w, x);
      case POST_NORM -> postNorm(layer, w, x);
    };
  }

  private NDArray serial(int layer, LayerWeights w, NDArray x) {
    NDArray attnOut = attention(layer, w, before(Site.LN1_NORMALIZED, layer, w.ln1(), x));
    NDArray mid = hooks.at(Site.RESID_MID, layer, sum(attnOut, x));
    NDArray mlpOut = mlp(layer, w, before(Site.LN2_NORMALIZED, layer, w.ln2(), mid));
    return hooks.at(Site.RESID_POST, layer, sum(mlpOut, mid));
  }

  private NDArray parallel(int layer, LayerWeights w, NDArray x) {
    NDArray first = before(Site.LN1_NORMALIZED, layer, w.ln1(), x);
    NDArray mid = sum(attention(layer, w, first), x);
    boolean shared = spec.form() == ModelSpec.BlockForm.PARALLEL_SHARED;
    NDArray second = shared ? first : before(Site.LN2_NORMALIZED, layer, w.ln2(), x);
    return hooks.at(Site.RESID_POST, layer, sum(mlp(layer, w, second), mid));
  }

  private NDArray postNorm(int layer, LayerWeights w, NDArray x) {
    NDArray mid = hooks.at(Site.RESID_MID, layer, sum(attention(layer, w, x), x));
    NDArray middle = norm(w.ln1(), mid);
    NDArray post = hooks.at(Site.RESID_POST, layer, sum(mlp(layer, w, middle), middle));
    NDArray normed = norm(w.ln2(), post);
    NDArray leaving = w.leave() == null ? normed : w.leave().apply(normed);
    return hooks.at(Site.NORMALIZED_RESID_POST, layer, leaving);
  }

  /** What a branch reads: the stream itself in a family without norms before the branches. */
  private NDArray before(Site site, int layer, NormWeights weights, NDArray x) {
    return weights == null ? x : hooks.at(site, layer, norm(weights, x));
  }

  private NDArray attention(int layer, LayerWeights w, NDArray x) {
    NDArray out = new Attention(spec, pass).apply(layer, w, x);
    return hooks.at(Site.ATTN_OUT, layer, w.attnPost() == null ? out : norm(w.attnPost(), out));
  }

  private NDArray mlp(int layer, LayerWeights w, NDArray x) {
    NDArray out =
        w.experts() == null
            ? FeedForward.apply(spec.mlp(), w.mlp(), x, pass.inPlace())
            : new MixtureOfExperts(spec, pass).apply(layer, w.experts(), x);
    out = pass.scaled(out, spec.residualScale());
    return hooks.at(Site.MLP_OUT, layer, w.mlpPost() == null ? out : norm(w.mlpPost(), out));
  }

  private NDArray norm(NormWeights weights, NDArray x) {
    return Norms.apply(spec.norm(), weights, x, pass.inPlace());
  }

  /** The branch's output is fresh and already heard by the hooks: it takes the sum. */
  private NDArray sum(NDArray branch, NDArray stream) {
    return pass.inPlace() ? branch.addi(stream) : stream.add(branch);
  }
}
