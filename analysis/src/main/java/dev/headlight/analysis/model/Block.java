package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  /**
   * {@code x [B, T, d]} to {@code [B, rows, d]}: all rows but in the last block, which computes
   * those that the pass asks for.
   *
   * @param z outputs of the heads, or null where they are to be computed
   */
  NDArray apply(int layer, LayerWeights w, NDArray input, NDArray z) {
    NDArray x = hooks.at(Site.RESID_PRE, layer, input);
    return switch (spec.form()) {
      case SERIAL, SANDWICH, BRANCH_NORM -> serial(layer, w, x, z);
      case PARALLEL, PARALLEL_SHARED -> parallel(layer, w, x, z);
      case POST_NORM -> postNorm(layer, w, x, z);
    };
  }

  private NDArray serial(int layer, LayerWeights w, NDArray x, NDArray z) {
    NDArray attnOut =
        z == null
            ? attention(layer, w, x, before(Site.LN1_NORMALIZED, layer, w.ln1(), x))
            : fromHeads(layer, w, z);
    NDArray mid = hooks.at(Site.RESID_MID, layer, sum(attnOut, pass.tail(layer, x)));
    NDArray read = before(Site.LN2_NORMALIZED, layer, w.ln2(), mlpIn(layer, mid));
    return hooks.at(Site.RESID_POST, layer, sum(mlp(layer, w, read), mid));
  }

  private NDArray parallel(int layer, LayerWeights w, NDArray x, NDArray z) {
    NDArray rest = pass.tail(layer, x);
    boolean shared = spec.form() == ModelSpec.BlockForm.PARALLEL_SHARED;
    NDArray first = z == null || shared ? before(Site.LN1_NORMALIZED, layer, w.ln1(), x) : null;
    NDArray attnOut = z == null ? attention(layer, w, x, first) : fromHeads(layer, w, z);
    boolean alone = hooks.wants(Site.MLP_IN, layer);
    NDArray second =
        shared && !alone
            ? pass.tail(layer, first)
            : before(Site.LN2_NORMALIZED, layer, shared ? w.ln1() : w.ln2(), mlpIn(layer, rest));
    return hooks.at(Site.RESID_POST, layer, sum(mlp(layer, w, second), sum(attnOut, rest)));
  }

  private NDArray postNorm(int layer, LayerWeights w, NDArray x, NDArray z) {
    NDArray attnOut = z == null ? attention(layer, w, x, x) : fromHeads(layer, w, z);
    NDArray mid = hooks.at(Site.RESID_MID, layer, sum(attnOut, pass.tail(layer, x)));
    NDArray middle = norm(w.ln1(), mid);
    NDArray fed = mlp(layer, w, mlpIn(layer, middle));
    NDArray post = hooks.at(Site.RESID_POST, layer, sum(fed, middle));
    NDArray normed = norm(w.ln2(), post);
    NDArray leaving = w.leave() == null ? normed : w.leave().apply(normed);
    return hooks.at(Site.NORMALIZED_RESID_POST, layer, leaving);
  }

  /** The stream as the MLP alone sees it: a copy, where a hook may change it. */
  private NDArray mlpIn(int layer, NDArray stream) {
    boolean wanted = hooks.wants(Site.MLP_IN, layer);
    // Not the engine's duplicate, which cuts gradients off.
    return wanted ? hooks.at(Site.MLP_IN, layer, stream.add(0)) : stream;
  }

  /** What a branch reads: the stream itself in a family without norms before the branches. */
  private NDArray before(Site site, int layer, NormWeights weights, NDArray x) {
    return weights == null ? x : hooks.at(site, layer, norm(weights, x));
  }

  private NDArray attention(int layer, LayerWeights w, NDArray stream, NDArray x) {
    // Apart, so that its queries, keys and scores are gone before the MLP needs room.
    try (NDManager scope = x.getManager().newSubManager()) {
      Attention attention = new Attention(spec, pass);
      NDArray out = attention.apply(layer, w, view(stream, scope), view(x, scope));
      out.attach(x.getManager());
      return attnOut(layer, w, out);
    }
  }

  private static NDArray view(NDArray array, NDManager scope) {
    NDArray view = array.get(":");
    view.attach(scope);
    return view;
  }

  private NDArray fromHeads(int layer, LayerWeights w, NDArray z) {
    return attnOut(layer, w, new Attention(spec, pass).fromHeads(layer, w, pass.tail(layer, z)));
  }

  private NDArray attnOut(int layer, LayerWeights w, NDArray out) {
    return hooks.at(Site.ATTN_OUT, layer, w.attnPost() == null ? out : norm(w.attnPost(), out));
  }

  private NDArray mlp(int layer, LayerWeights w, NDArray x) {
    NDArray out =
        w.experts() == null
            ? FeedForward.inParts(spec.mlp(), w.mlp(), x, pass.inPlace())
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
