package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Parameters of a block, in one form for all families. Letters: {@code d} width, {@code H} query
 * heads, {@code G} key/value groups, {@code e} head width, {@code m} inner width of the MLP.
 *
 * @param ln1 norm before the attention, {@code [d]}
 * @param qkv queries of all heads, then keys and values of all groups: {@code [(H + 2G)·e, d]}
 * @param qNorm norm of queries, {@code [e]}, or null
 * @param kNorm norm of keys, {@code [e]}, or null
 * @param out output projection of the attention, {@code [d, H·e]}
 * @param ln2 norm before the MLP, {@code [d]}
 * @param up first projection of the MLP: {@code [m, d]}, or gate then up, {@code [2m, d]}
 * @param down second projection of the MLP, {@code [d, m]}
 */
public record LayerWeights(
    NormWeights ln1,
    Projection qkv,
    NormWeights qNorm,
    NormWeights kNorm,
    Projection out,
    NormWeights ln2,
    Projection up,
    Projection down) {

  /** All arrays that are present, in a fixed order. */
  public NDList arrays() {
    NDList all = new NDList();
    add(all, ln1, ln2, qNorm, kNorm);
    for (Projection p : new Projection[] {qkv, out, up, down}) {
      all.add(p.weight());
      if (p.bias() != null) {
        all.add(p.bias());
      }
    }
    return all;
  }

  private static void add(NDList all, NormWeights... norms) {
    for (NormWeights norm : norms) {
      if (norm != null) {
        all.add(norm.weight());
        NDArray bias = norm.bias();
        if (bias != null) {
          all.add(bias);
        }
      }
    }
  }
}
