package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;

/**
 * Parameters of a norm.
 *
 * @param weight {@code [width]}, or {@code [heads, width]} where every head has its own; null for
 *     ones
 * @param bias of the same shape, or null
 */
public record NormWeights(NDArray weight, NDArray bias) {}
