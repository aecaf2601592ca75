package dev.headlight.analysis.model;

import java.util.List;

/**
 * Rotary positions of a layer (Su et al. 2021).
 *
 * @param dims how many of a head's first dimensions are rotated, even
 * @param theta base of the frequencies
 * @param neighbours true: dimensions (2i, 2i+1) turn together (GPT-J); false: (i, i + dims/2)
 * @param scaling how frequencies change for long contexts
 * @param axes how many of the frequencies turn by the place along each axis, where tokens have
 *     places along several; empty where they stand one behind the other
 * @param restarts whether the frequencies of each axis begin anew (Qwen2-VL's tower) or go on from
 *     axis to axis (its language model)
 */
public record Rotary(
    int dims,
    double theta,
    boolean neighbours,
    RopeScaling scaling,
    List<Integer> axes,
    boolean restarts) {
  /** Copies the list. */
  public Rotary {
    axes = List.copyOf(axes);
  }

  /** Positions one behind the other. */
  public Rotary(int dims, double theta, boolean neighbours, RopeScaling scaling) {
    this(dims, theta, neighbours, scaling, List.of(), false);
  }
}
