package dev.headlight.analysis.model;

import java.util.List;

/**
 * How the frequencies of rotary positions are changed to reach longer contexts; the names are those
 * of {@code rope_scaling.rope_type} in config.json.
 */
public sealed interface RopeScaling {
  /** Frequencies as trained. */
  record None() implements RopeScaling {}

  /** All frequencies divided by {@code factor} (Chen et al. 2023, position interpolation). */
  record Linear(double factor) implements RopeScaling {}

  /**
   * NTK-aware scaling of the base once the prompt is longer than {@code original}, by the prompt's
   * length. While writing, keys that are already cached keep the base they were turned with, as in
   * the reference implementation.
   */
  record Dynamic(double factor, int original) implements RopeScaling {}

  /** Llama 3.1: low frequencies divided by {@code factor}, high ones kept, a ramp between. */
  record Llama3(double factor, double lowFactor, double highFactor, int original)
      implements RopeScaling {}

  /**
   * YaRN (Peng et al. 2023): a ramp between interpolated and kept frequencies; cosine and sine are
   * multiplied by {@code attentionFactor}, so that scores grow by its square.
   */
  record Yarn(
      double factor,
      double betaFast,
      double betaSlow,
      int original,
      double attentionFactor,
      boolean truncate)
      implements RopeScaling {}

  /**
   * LongRoPE (Ding et al. 2024): every frequency has its own divisor, one set for prompts up to
   * {@code original} tokens and one for longer ones; cosine and sine are multiplied by {@code
   * attentionFactor} in both.
   */
  record LongRope(
      List<Double> shortDivisors, List<Double> longDivisors, int original, double attentionFactor)
      implements RopeScaling {
    /** Copies the lists. */
    public LongRope {
      shortDivisors = List.copyOf(shortDivisors);
      longDivisors = List.copyOf(longDivisors);
    }
  }
}
