package dev.headlight.analysis.vision;

import dev.headlight.analysis.image.PatchGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * A map read as a path of looks: the strongest patch first, then the strongest of what is left when
 * everything near earlier ones is weakened (inhibition of return; Itti, Koch and Niebur 1998).
 * After a look at patch f each patch p is multiplied by {@code 1 − exp(−‖p − f‖² / (2 σ²))}.
 *
 * @param fixations in order
 */
public record Scanpath(List<Fixation> fixations) {
  /**
   * One look.
   *
   * @param order from 0
   * @param row of the patch
   * @param column of the patch
   * @param value of the patch in the map as it is
   */
  public record Fixation(int order, int row, int column, float value) {}

  /** Copies the list. */
  public Scanpath {
    fixations = List.copyOf(fixations);
  }

  /**
   * Reads a path off a map.
   *
   * @param most looks at most; fewer when nothing above {@code least} is left
   * @param sigma σ, how far a look inhibits, in patches, above 0
   * @param least part of the largest value below which nothing is looked at, 0 to 1
   */
  public static Scanpath of(PatchMap map, int most, double sigma, double least) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("σ must be above 0, found " + sigma);
    }
    PatchMap left = map;
    float floor = (float) (least * map.largest());
    List<Fixation> fixations = new ArrayList<>();
    while (fixations.size() < most) {
      int at = left.argmax();
      if (at < 0 || !(left.values()[at] > 0) || left.values()[at] < floor) {
        break;
      }
      int columns = map.grid().columns();
      fixations.add(new Fixation(fixations.size(), at / columns, at % columns, map.values()[at]));
      left = inhibited(left, at, sigma);
    }
    return new Scanpath(fixations);
  }

  private static PatchMap inhibited(PatchMap map, int at, double sigma) {
    PatchGrid grid = map.grid();
    float[] values = map.values().clone();
    for (int i = 0; i < values.length; i++) {
      double down = i / grid.columns() - at / grid.columns();
      double across = i % grid.columns() - at % grid.columns();
      double near = Math.exp(-(down * down + across * across) / (2 * sigma * sigma));
      values[i] *= (float) (1 - near);
    }
    return new PatchMap(grid, values);
  }
}
