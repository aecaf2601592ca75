package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;

/**
 * Parameters of a norm.
 *
 * @param weight {@code [width]}
 * @param bias {@code [width]}, or null
 */
public record NormWeights(NDArray weight, NDArray bias) {}
