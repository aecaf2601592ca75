package dev.headlight.analysis.model;

/**
 * Parameters of a feed-forward part of inner width {@code m}.
 *
 * @param up first projection: {@code [m, d]}, or gate then up, {@code [2m, d]}
 * @param down second projection, {@code [d, m]}
 */
public record MlpWeights(Projection up, Projection down) {}
