package dev.headlight.analysis.model;

import java.util.List;
import java.util.Optional;

/**
 * What may differ from layer to layer.
 *
 * @param window how many keys a query sees, itself included; 0 for all
 * @param scale factor on q·k before the softmax
 * @param rotary rotary positions, where the layer has them
 * @param softcap c in c · tanh(score / c); 0 for none
 * @param slopes of ALiBi, one a query head; empty without
 * @param experts the mixture that stands in for the MLP, where there is one
 */
public record LayerSpec(
    int window,
    double scale,
    Optional<Rotary> rotary,
    double softcap,
    List<Float> slopes,
    Optional<Experts> experts) {

  /** Copies the list. */
  public LayerSpec {
    slopes = List.copyOf(slopes);
  }

  /** A layer without cap, ALiBi or experts. */
  public LayerSpec(int window, double scale, Optional<Rotary> rotary) {
    this(window, scale, rotary, 0, List.of(), Optional.empty());
  }

  /**
   * A mixture of experts: each token goes to the {@code topK} whose router probability (a softmax
   * over all experts) is largest, and takes the mean of their outputs weighted by it.
   *
   * @param count number of experts
   * @param topK how many a token goes to
   * @param renormalised whether the chosen probabilities are divided by their sum
   * @param inner width of an expert
   * @param sharedInner width of the expert that every token goes to as well; 0 without
   */
  public record Experts(int count, int topK, boolean renormalised, int inner, int sharedInner) {}

  /** With scores capped. */
  public LayerSpec withSoftcap(double cap) {
    return new LayerSpec(window, scale, rotary, cap, slopes, experts);
  }

  /** With ALiBi. */
  public LayerSpec withSlopes(List<Float> perHead) {
    return new LayerSpec(window, scale, rotary, softcap, perHead, experts);
  }

  /** With experts in place of the MLP. */
  public LayerSpec withExperts(Experts mixture) {
    return new LayerSpec(window, scale, rotary, softcap, slopes, Optional.of(mixture));
  }
}
