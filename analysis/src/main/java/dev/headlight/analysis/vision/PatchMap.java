package dev.headlight.analysis.vision;

import dev.headlight.analysis.image.PatchGrid;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One number a patch.
 *
 * @param grid the patches
 * @param values {@code [rows, columns]}, row-major; attention weights, unless stated otherwise; NaN
 *     for a patch that was taken out
 */
public record PatchMap(PatchGrid grid, float[] values) {
  /** How the rows of a word's tokens become one. */
  public enum Merge {
    /** Their mean. */
    MEAN,
    /** Their maximum (both as in F-LMM, Wu et al. 2024). */
    MAX
  }

  /** Checks that there is a number a patch. */
  public PatchMap {
    if (values.length != grid.size()) {
      throw new IllegalArgumentException(
          values.length + " numbers for " + grid.size() + " patches");
    }
  }

  /** A tile's part of an attention row. */
  public static PatchMap of(float[] row, ImageSpan.Part part) {
    float[] values = new float[part.positions().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[part.positions()[i]];
    }
    return new PatchMap(part.grid(), values);
  }

  /** A tile's part of several attention rows, such as those of a word's tokens. */
  public static PatchMap of(List<float[]> rows, ImageSpan.Part part, Merge merge) {
    List<PatchMap> maps = rows.stream().map(r -> of(r, part)).toList();
    return merge == Merge.MEAN ? mean(maps) : max(maps);
  }

  /** The mean of maps of one grid, patch by patch. */
  public static PatchMap mean(List<PatchMap> maps) {
    PatchMap first = maps.get(0);
    float[] values = new float[first.values.length];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (PatchMap map : maps) {
        sum += map.values[i];
      }
      values[i] = (float) (sum / maps.size());
    }
    return new PatchMap(first.grid, values);
  }

  private static PatchMap max(List<PatchMap> maps) {
    PatchMap first = maps.get(0);
    float[] values = first.values.clone();
    for (PatchMap map : maps) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.max(values[i], map.values[i]);
      }
    }
    return new PatchMap(first.grid, values);
  }

  /**
   * LVLM-Interpret's map (Ben Melech Stan et al. 2024): each head divided by its largest patch,
   * then the mean over heads. A head that gives no patch anything adds nothing.
   *
   * @param heads one map a head
   * @return 0 to 1
   */
  public static PatchMap lvlmInterpret(List<PatchMap> heads) {
    return mean(heads.stream().map(PatchMap::overLargest).toList());
  }

  /** Divided by its largest patch; all 0 where that is not above 0. */
  public PatchMap overLargest() {
    float largest = largest();
    return largest > 0 ? times(1 / largest) : new PatchMap(grid, new float[values.length]);
  }

  /** Divided by its sum, so that patches are shares of the picture; all 0 where that is 0. */
  public PatchMap overSum() {
    double sum = sum();
    return sum > 0 ? times((float) (1 / sum)) : new PatchMap(grid, new float[values.length]);
  }

  private PatchMap times(float factor) {
    float[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new PatchMap(grid, scaled);
  }

  /**
   * What is above a baseline: the same head's map of a blank picture, or of a word that means
   * nothing.
   *
   * @return differences, also below 0
   */
  public PatchMap minus(PatchMap baseline) {
    if (!grid.equals(baseline.grid)) {
      throw new IllegalArgumentException(grid + " minus " + baseline.grid);
    }
    float[] left = values.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] -= baseline.values[i];
    }
    return new PatchMap(grid, left);
  }

  /** Without some patches, such as visual sinks: they become NaN. */
  public PatchMap without(Collection<Integer> patches) {
    float[] left = values.clone();
    patches.forEach(p -> left[p] = Float.NaN);
    return new PatchMap(grid, left);
  }

  /** Sum over the patches that are there: the row's share of this tile. */
  public double sum() {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i])
        .filter(v -> !Double.isNaN(v))
        .sum();
  }

  /** The largest value; negative infinity where no patch is left. */
  public float largest() {
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = value > largest ? value : largest;
    }
    return largest;
  }

  /** Number of the patch with the largest value, the first of equals; -1 where none is left. */
  public int argmax() {
    int best = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i]) && (best < 0 || values[i] > values[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Patches from the largest value down, those taken out left out. */
  public int[] ranked() {
    return IntStream.range(0, values.length)
        .filter(i -> !Float.isNaN(values[i]))
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @Override
  public String toString() {
    return "PatchMap[" + grid.rows() + " × " + grid.columns() + ", " + Arrays.toString(values);
  }
}
