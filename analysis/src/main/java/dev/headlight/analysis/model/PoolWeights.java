package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;

/**
 * Parameters of an attention with one learned query and an MLP behind it (SigLIP's tower).
 *
 * @param probe what the query is made of, {@code [1, d]}
 * @param qkv queries, keys, values: {@code [3d, d]}
 * @param out output projection, {@code [d, d]}
 * @param norm before the MLP, {@code [d]}
 * @param mlp the MLP, whose output is added to what it reads before the norm
 */
public record PoolWeights(
    NDArray probe, Projection qkv, Projection out, NormWeights norm, MlpWeights mlp) {}
