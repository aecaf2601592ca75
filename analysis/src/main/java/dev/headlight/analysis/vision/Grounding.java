package dev.headlight.analysis.vision;

import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How well a head's map finds an object whose mask is known.
 *
 * @param head which head
 * @param hit whether the patch with the largest value shows the object (pointing game, Zhang et al.
 *     2016): at least half of it is covered, or as much as of the most covered patch
 * @param share part of the map's sum that falls on the object, 0 to 1, patches weighed by how much
 *     of them it covers; NaN where the map is 0
 * @param iou overlap with the object, 0 to 1: patches above {@link #LEVEL} of the largest value
 *     against patches that the object covers by half
 */
public record Grounding(Head head, boolean hit, double share, double iou) {
  /** Part of a map's largest value from which a patch counts as found. */
  public static final double LEVEL = 0.5;

  private static final double HALF = 0.5;

  /**
   * Compares one map with an object.
   *
   * @param mask part of each patch that the object covers, {@link Mask#over}; not 0 everywhere
   */
  public static Grounding of(Head head, PatchMap map, PatchMap mask) {
    float least = (float) Math.min(HALF, mask.largest());
    if (!(least > 0)) {
      throw new IllegalArgumentException("the mask covers no patch");
    }
    int best = map.argmax();
    double on = 0;
    int both = 0;
    int either = 0;
    float level = (float) (LEVEL * map.largest());
    for (int i = 0; i < mask.values().length; i++) {
      float value = map.values()[i];
      on += Float.isNaN(value) ? 0 : value * mask.values()[i];
      boolean found = value > 0 && value >= level;
      boolean there = mask.values()[i] >= least;
      both += found && there ? 1 : 0;
      either += found || there ? 1 : 0;
    }
    boolean hit = best >= 0 && map.values()[best] > 0 && mask.values()[best] >= least;
    double sum = map.sum();
    return new Grounding(head, hit, sum > 0 ? on / sum : Double.NaN, (double) both / either);
  }

  /** All heads, the best first: by overlap, then by share. */
  public static List<Grounding> rank(Map<Head, PatchMap> maps, PatchMap mask) {
    List<Grounding> all = new ArrayList<>();
    maps.forEach((head, map) -> all.add(of(head, map, mask)));
    all.sort(
        Comparator.comparingDouble(Grounding::iou)
            .thenComparingDouble(g -> Double.isNaN(g.share) ? 0 : g.share)
            .reversed()
            .thenComparing(Grounding::head));
    return List.copyOf(all);
  }

  /**
   * Part of several pictures in which a head points at the object, 0 to 1 (channel-wise pointing
   * accuracy, F-LMM, Wu et al. 2024).
   *
   * @param pictures one answer a picture, of one head; not empty
   */
  public static double pointingAccuracy(List<Grounding> pictures) {
    return pictures.stream().mapToDouble(g -> g.hit ? 1 : 0).average().orElseThrow();
  }
}
