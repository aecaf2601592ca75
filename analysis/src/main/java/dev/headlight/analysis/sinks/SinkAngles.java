package dev.headlight.analysis.sinks;

import dev.headlight.analysis.run.Tensor;

/**
 * Queries, keys and values of one sequence in norms and angles (Gu et al. 2024): a score is
 * ‖q‖·‖k‖·cos θ times the layer's scale, and a sink's is high by its angle, not by its norm.
 * Queries and keys are those that the scores use, after norm and rotation.
 *
 * @param queryNorms mean ‖q‖ over the queries from 1 on: {@code [L, H]}
 * @param keyNorms ‖k‖ of each token: {@code [L, G, T]}
 * @param valueNorms ‖v‖ of each token: {@code [L, G, T]}
 * @param cosineFirst mean over queries i ≥ 1 that see key 0 of cos(q_i, k_0): {@code [L, H]}, −1 to
 *     1
 * @param cosineRest mean over queries i ≥ 1 of the mean over the other keys k ≥ 1 that they see of
 *     cos(q_i, k): {@code [L, H]}, −1 to 1
 */
public record SinkAngles(
    Tensor queryNorms, Tensor keyNorms, Tensor valueNorms, Tensor cosineFirst, Tensor cosineRest) {}
