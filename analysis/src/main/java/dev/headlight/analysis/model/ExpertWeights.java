package dev.headlight.analysis.model;

import java.util.List;

/**
 * Parameters of a mixture of {@code X} experts.
 *
 * @param router {@code [X, d]}
 * @param experts one an expert
 * @param shared the expert that every token goes to, or null
 * @param sharedGate its gate, {@code [1, d]}, or null
 */
public record ExpertWeights(
    Projection router, List<MlpWeights> experts, MlpWeights shared, Projection sharedGate) {
  /** Copies the list. */
  public ExpertWeights {
    experts = List.copyOf(experts);
  }
}
