package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;

/**
 * Parameters of what happens before the first block; what a family does not have is null. The
 * tables have {@code E} columns, the residual stream {@code d}.
 *
 * @param tokens {@code [V, E]}
 * @param positions {@code [rows, E]}, or {@code [rows, d]} behind {@code tokenProjection}
 * @param types token types, {@code [types, E]}
 * @param norm of the sum of the tables' rows, {@code [E]}
 * @param tokenProjection of the tokens alone, {@code [d, E]} (OPT-350M)
 * @param projection of the normed sum, {@code [d, E]} (ELECTRA, ALBERT)
 * @param patches of a tower, in place of {@code tokens}: {@code [d, channels · time · size · size]}
 * @param special class and register tokens before the patches, {@code [tokens, d]}
 */
public record EmbeddingWeights(
    Weight tokens,
    Weight positions,
    Weight types,
    NormWeights norm,
    Projection tokenProjection,
    Projection projection,
    Projection patches,
    NDArray special) {

  /** Tables of tokens. */
  public EmbeddingWeights(
      Weight tokens,
      Weight positions,
      Weight types,
      NormWeights norm,
      Projection tokenProjection,
      Projection projection) {
    this(tokens, positions, types, norm, tokenProjection, projection, null, null);
  }

  /**
   * What a tower begins with.
   *
   * @param norm of the sum, or null
   */
  public static EmbeddingWeights ofPatches(
      Projection patches, NDArray special, Weight positions, NormWeights norm) {
    return new EmbeddingWeights(null, positions, null, norm, null, null, patches, special);
  }

  /** Token embeddings, and a table of positions or null. */
  public EmbeddingWeights(Weight tokens, Weight positions) {
    this(tokens, positions, null, null, null, null);
  }
}
