package dev.headlight.analysis.model;

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
 */
public record EmbeddingWeights(
    Weight tokens,
    Weight positions,
    Weight types,
    NormWeights norm,
    Projection tokenProjection,
    Projection projection) {

  /** Token embeddings, and a table of positions or null. */
  public EmbeddingWeights(Weight tokens, Weight positions) {
    this(tokens, positions, null, null, null, null);
  }
}
