package dev.headlight.app.visual;

import java.util.List;

/**
 * What is left of the answer when image tokens are dropped behind a layer, the least attended first
 * (FastV, Chen et al. 2024).
 *
 * @param layer the last layer that has them all
 * @param ratios parts of the image tokens that stay
 * @param token that is read
 * @param after its probability at each ratio
 * @param tops most probable token at each ratio
 */
public record KeepCurve(
    int layer, List<Double> ratios, String token, double[] after, List<String> tops) {
  /** What is tried. */
  public static final List<Double> RATIOS = List.of(1.0, 0.75, 0.5, 0.25, 0.1, 0.05);

  /** k of the paper. */
  public static final int LAYER = 2;

  /** Copies the lists. */
  public KeepCurve {
    ratios = List.copyOf(ratios);
    tops = List.copyOf(tops);
  }
}
