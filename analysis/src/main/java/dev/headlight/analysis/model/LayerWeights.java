package dev.headlight.analysis.model;

import ai.djl.ndarray.NDList;

/**
 * Parameters of a block, in one form for all families; what a family does not have is null.
 * Letters: {@code d} width, {@code H} query heads, {@code G} key/value groups, {@code e} head
 * width.
 *
 * @param ln1 norm before the attention, in post-norm blocks after it, {@code [d]}
 * @param qkv queries of all heads, then keys and values of all groups: {@code [(H + 2G)·e, d]}
 * @param qNorm norm of queries, {@code [e]}, {@code [H, e]} or {@code [H·e]}
 * @param kNorm norm of keys, {@code [e]}, {@code [G, e]} or {@code [G·e]}
 * @param out output projection of the attention, {@code [d, H·e]}
 * @param attnPost norm of the attention's output, {@code [d]}
 * @param ln2 norm before the MLP, in post-norm blocks after it, {@code [d]}
 * @param mlp the MLP, unless there are experts
 * @param mlpPost norm of the MLP's output, {@code [d]}
 * @param experts the mixture of experts
 * @param leave projection of what leaves the block; only behind the last of OPT-350M
 */
public record LayerWeights(
    NormWeights ln1,
    Projection qkv,
    NormWeights qNorm,
    NormWeights kNorm,
    Projection out,
    NormWeights attnPost,
    NormWeights ln2,
    MlpWeights mlp,
    NormWeights mlpPost,
    ExpertWeights experts,
    Projection leave) {

  /** A block with an MLP whose norms stand before (or, in post-norm blocks, after) its parts. */
  public LayerWeights(
      NormWeights ln1,
      Projection qkv,
      NormWeights qNorm,
      NormWeights kNorm,
      Projection out,
      NormWeights ln2,
      Projection up,
      Projection down) {
    this(ln1, qkv, qNorm, kNorm, out, null, ln2, new MlpWeights(up, down), null, null, null);
  }

  /** With norms on the outputs of attention and MLP. */
  public LayerWeights withPost(NormWeights attention, NormWeights feedForward) {
    return new LayerWeights(
        ln1, qkv, qNorm, kNorm, out, attention, ln2, mlp, feedForward, experts, leave);
  }

  /** With experts in place of the MLP. */
  public LayerWeights withExperts(ExpertWeights mixture) {
    return new LayerWeights(
        ln1, qkv, qNorm, kNorm, out, attnPost, ln2, null, mlpPost, mixture, leave);
  }

  /** With a projection of what leaves the block. */
  public LayerWeights withLeave(Projection projection) {
    return new LayerWeights(
        ln1, qkv, qNorm, kNorm, out, attnPost, ln2, mlp, mlpPost, experts, projection);
  }

  /** All arrays that stay in memory, in a fixed order. */
  public NDList arrays() {
    ArrayCollector all = new ArrayCollector();
    all.norms(ln1, ln2, qNorm, kNorm, attnPost, mlpPost);
    all.projections(qkv, out);
    all.mlp(mlp);
    if (experts != null) {
      all.projections(experts.router(), experts.sharedGate());
      experts.experts().forEach(all::mlp);
      all.mlp(experts.shared());
    }
    all.projections(leave);
    return all.arrays();
  }
}
