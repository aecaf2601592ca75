package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * Parameters of a model.
 *
 * @param embedding {@code [V, d]}
 * @param positions table of learned positions, {@code [rows, d]}, or null
 * @param layers one a block
 * @param finalNorm norm before the unembedding, {@code [d]}
 * @param unembedding {@code [V, d]}; the embedding itself where they are tied
 */
public record ModelWeights(
    NDArray embedding,
    NDArray positions,
    List<LayerWeights> layers,
    NormWeights finalNorm,
    Projection unembedding) {

  /** All arrays that are present, each once, in a fixed order. */
  public NDList arrays() {
    NDList all = new NDList(embedding);
    if (positions != null) {
      all.add(positions);
    }
    layers.forEach(l -> all.addAll(l.arrays()));
    all.add(finalNorm.weight());
    if (finalNorm.bias() != null) {
      all.add(finalNorm.bias());
    }
    if (unembedding.weight() != embedding) {
      all.add(unembedding.weight());
    }
    if (unembedding.bias() != null) {
      all.add(unembedding.bias());
    }
    return all;
  }
}
