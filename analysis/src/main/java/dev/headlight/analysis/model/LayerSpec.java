package dev.headlight.analysis.model;

import dev.headlight.analysis.attention.Alibi;
import java.util.List;
import java.util.Optional;

/**
 * What may differ from layer to layer.
 *
 * @param window how many keys a query sees, itself included; 0 for all
 * @param scale factor on q·k before the softmax
 * @param rotary rotary positions, where the layer has them
 * @param softcap c in c · tanh(score / c); 0 for none
 * @param alibi of the layer; {@link Alibi#NONE} without
 * @param clip q, k and v are cut to [−clip, clip]: v as it is projected, q and k after their norm
 *     and before rotation; 0 for none
 * @param experts the mixture that stands in for the MLP, where there is one
 */
public record LayerSpec(
    int window,
    double scale,
    Optional<Rotary> rotary,
    double softcap,
    Alibi alibi,
    double clip,
    Optional<Experts> experts) {

  /** A layer without cap, ALiBi, clipping or experts. */
  public LayerSpec(int window, double scale, Optional<Rotary> rotary) {
    this(window, scale, rotary, 0, Alibi.NONE, 0, Optional.empty());
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
    return new LayerSpec(window, scale, rotary, cap, alibi, clip, experts);
  }

  /** With ALiBi of these slopes, one a query head. */
  public LayerSpec withSlopes(List<Float> perHead) {
    return with(new Alibi(perHead, 1, false));
  }

  /** With Falcon's ALiBi: rounded to bf16, and scaled with q·k. */
  public LayerSpec withScaledSlopes(List<Float> perHead) {
    return with(new Alibi(perHead, scale, true));
  }

  private LayerSpec with(Alibi other) {
    return new LayerSpec(window, scale, rotary, softcap, other, clip, experts);
  }

  /** With q, k and v cut to [−limit, limit]. */
  public LayerSpec withClip(double limit) {
    return new LayerSpec(window, scale, rotary, softcap, alibi, limit, experts);
  }

  /** With experts in place of the MLP. */
  public LayerSpec withExperts(Experts mixture) {
    return new LayerSpec(window, scale, rotary, softcap, alibi, clip, Optional.of(mixture));
  }
}
