package dev.headlight.analysis.model;

import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.run.Substitutes;
import java.util.List;
import java.util.Optional;
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
 * @param pictures what a processor made of the pictures of the prompt; empty without
 */
public record GenerateRequest(
    int[] prompt,
    int maxNew,
    double temperature,
    long seed,
    Set<Integer> stopIds,
    List<Intervention> interventions,
    Substitutes substitutes,
    Optional<Pixels> pictures) {
  /** Copies what is mutable. */
  public GenerateRequest {
    prompt = prompt.clone();
    stopIds = Set.copyOf(stopIds);
    interventions = List.copyOf(interventions);
  }

  /** Greedy writing without stops or changes. */
  public static GenerateRequest greedy(int[] prompt, int maxNew) {
    return new GenerateRequest(
        prompt, maxNew, 0, 0, Set.of(), List.of(), Substitutes.OWN, Optional.empty());
  }

  /**
   * The same after a prompt with pictures.
   *
   * @param prompt one, with its pictures; its sites and changes are not looked at
   */
  public static GenerateRequest greedy(RunRequest prompt, int maxNew) {
    GenerateRequest request = greedy(prompt.sequences().get(0), maxNew);
    return prompt.pictures().isEmpty() ? request : request.withPictures(prompt.pictures().get(0));
  }

  /** With these stop ids. */
  public GenerateRequest withStops(Set<Integer> ids) {
    return new GenerateRequest(
        prompt, maxNew, temperature, seed, ids, interventions, substitutes, pictures);
  }

  /** Sampling at a temperature. */
  public GenerateRequest sampling(double newTemperature, long newSeed) {
    return new GenerateRequest(
        prompt, maxNew, newTemperature, newSeed, stopIds, interventions, substitutes, pictures);
  }

  /** Under these changes. */
  public GenerateRequest withInterventions(List<Intervention> changes) {
    return new GenerateRequest(
        prompt, maxNew, temperature, seed, stopIds, changes, substitutes, pictures);
  }

  /** With heads' outputs taken from these substitutes. */
  public GenerateRequest withSubstitutes(Substitutes others) {
    return new GenerateRequest(
        prompt, maxNew, temperature, seed, stopIds, interventions, others, pictures);
  }

  /** With the pictures of the prompt. */
  public GenerateRequest withPictures(Pixels some) {
    return new GenerateRequest(
        prompt, maxNew, temperature, seed, stopIds, interventions, substitutes, Optional.of(some));
  }

  /** The prompt as a request of its own. */
  RunRequest reading() {
    return RunRequest.of(prompt)
        .withInterventions(interventions)
        .withPictures(pictures.map(List::of).orElse(List.of()));
  }
}
