package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * Parameters of a model.
 *
 * @param embedding tables of tokens, positions and token types
 * @param layers one a block; blocks may share their parameters
 * @param finalNorm norm after the last block, {@code [d]}, or null
 * @param head dense layer and norm before the unembedding, or null
 * @param unembedding {@code [V, d]}; its weight is the embedding itself where they are tied; null
 *     where the model has no logits
 * @param vision tower and projector of a model that sees, or null
 * @param pool attention with a learned query behind the blocks, or null
 */
public record ModelWeights(
    EmbeddingWeights embedding,
    List<LayerWeights> layers,
    NormWeights finalNorm,
    Head head,
    Projection unembedding,
    VisionWeights vision,
    PoolWeights pool) {

  /** Copies the list. */
  public ModelWeights {
    layers = List.copyOf(layers);
  }

  /** A decoder with a table of positions or null. */
  public ModelWeights(
      Weight embedding,
      Weight positions,
      List<LayerWeights> layers,
      NormWeights finalNorm,
      Projection unembedding) {
    this(new EmbeddingWeights(embedding, positions), layers, finalNorm, null, unembedding);
  }

  /** Without a tower. */
  public ModelWeights(
      EmbeddingWeights embedding,
      List<LayerWeights> layers,
      NormWeights finalNorm,
      Head head,
      Projection unembedding) {
    this(embedding, layers, finalNorm, head, unembedding, null, null);
  }

  /** Behind a tower and its projector. */
  public ModelWeights seeing(VisionWeights sight) {
    return new ModelWeights(embedding, layers, finalNorm, head, unembedding, sight, pool);
  }

  /** With an attention that pools what leaves the blocks. */
  public ModelWeights pooling(PoolWeights query) {
    return new ModelWeights(embedding, layers, finalNorm, head, unembedding, vision, query);
  }

  /**
   * What encoders compute before the unembedding: {@code norm(act(dense x))}.
   *
   * @param dense {@code [E, d]}
   * @param norm {@code [E]}
   */
  public record Head(Projection dense, NormWeights norm) {}

  /** All arrays that stay in memory, each once, in a fixed order. */
  public NDList arrays() {
    ArrayCollector all = new ArrayCollector();
    all.weights(embedding.tokens(), embedding.positions(), embedding.types());
    all.arrays(embedding.special());
    all.norms(embedding.norm());
    all.projections(embedding.tokenProjection(), embedding.projection(), embedding.patches());
    layers.forEach(l -> all.arrays(l.arrays().toArray(new NDArray[0])));
    all.norms(finalNorm);
    if (head != null) {
      all.projections(head.dense());
      all.norms(head.norm());
    }
    all.projections(unembedding);
    if (pool != null) {
      all.arrays(pool.probe());
      all.projections(pool.qkv(), pool.out());
      all.norms(pool.norm());
      all.mlp(pool.mlp());
    }
    if (vision != null) {
      all.arrays(vision.arrays().toArray(new NDArray[0]));
    }
    return all.arrays();
  }
}
