package dev.headlight.analysis.model;

import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Substitutes;
import java.util.List;
import java.util.Set;

/**
 * What to write.
 *
 * @param prompt token ids to continue
 * @param maxNew how many tokens to write at most
 * @param temperature 0 for greedy, else the softmax temperature of sampling
 * @param seed of the sampling
 * @param stopIds ids after which writing ends (the stop token is part of the result)
 * @param interventions changes in force while reading the prompt and while writing
 * @param substitutes whose outputs take the place of ablated heads'
 */
public record GenerateRequest(
    int[] prompt,
    int maxNew,
    double temperature,
    long seed,
    Set<Integer> stopIds,
    List<Intervention> interventions,
    Substitutes substitutes) {
  /** Copies what is mutable. */
  public GenerateRequest {
    prompt = prompt.clone();
    stopIds = Set.copyOf(stopIds);
    interventions = List.copyOf(interventions);
  }

  /** Greedy writing without stops or changes. */
  public static GenerateRequest greedy(int[] prompt, int maxNew) {
    return new GenerateRequest(prompt, maxNew, 0, 0, Set.of(), List.of(), Substitutes.OWN);
  }

  /** With these stop ids. */
  public GenerateRequest withStops(Set<Integer> ids) {
    return new GenerateRequest(prompt, maxNew, temperature, seed, ids, interventions, substitutes);
  }

  /** Sampling at a temperature. */
  public GenerateRequest sampling(double newTemperature, long newSeed) {
    return new GenerateRequest(
        prompt, maxNew, newTemperature, newSeed, stopIds, interventions, substitutes);
  }

  /** Under these changes. */
  public GenerateRequest withInterventions(List<Intervention> changes) {
    return new GenerateRequest(prompt, maxNew, temperature, seed, stopIds, changes, substitutes);
  }

  /** With heads' outputs taken from these substitutes. */
  public GenerateRequest withSubstitutes(Substitutes others) {
    return new GenerateRequest(prompt, maxNew, temperature, seed, stopIds, interventions, others);
  }
}
