package dev.headlight.analysis.vision;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;

/**
 * How far away in the picture each head looks: {@code strength(h, r)} is the mean over patch
 * queries of Σ A over patches at Chebyshev distance r. (Li et al. 2023, How Does Attention Work in
 * Vision Transformers? A Visual Analytics Attempt, names the measure; its formula is not published,
 * this is ours.)
 *
 * @param strength {@code [L, H, R]} with R = the longer side of the grid, 0 to 1; what is missing
 *     to 1 goes to class tokens, text and other tiles
 * @param distance mean over patch queries of Σ A · ‖p_i − p_k‖₂, in patches, keys that are no
 *     patches of the tile left out: {@code [L, H]}; times the patch's side it is in pixels
 */
public record SpatialStrength(Tensor strength, Tensor distance) {
  /** Rows that are read at a time. */
  private static final int BLOCK = 128;

  /**
   * Measures every head on one tile.
   *
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static SpatialStrength of(
      Maps maps, int layers, int heads, ImageSpan.Part part, Progress progress) {
    int radii = Math.max(part.grid().rows(), part.grid().columns());
    float[] strength = new float[layers * heads * radii];
    float[] distance = new float[layers * heads];
    for (int l = 0; l < layers; l++) {
      progress.report((double) l / layers, "distances in the picture, layer " + l);
      progress.check();
      for (int h = 0; h < heads; h++) {
        double[] sums = new double[radii + 1];
        read(maps, new Head(l, h), part, sums);
        int cell = l * heads + h;
        for (int r = 0; r < radii; r++) {
          strength[cell * radii + r] = (float) (sums[r] / part.grid().size());
        }
        distance[cell] = (float) (sums[radii] / part.grid().size());
      }
    }
    return new SpatialStrength(
        new Tensor(strength, layers, heads, radii), new Tensor(distance, layers, heads));
  }

  /** Sums by radius, and of distances behind them. */
  private static void read(Maps maps, Head head, ImageSpan.Part part, double[] sums) {
    int[] at = part.positions();
    for (int q0 = 0; q0 < at.length; ) {
      int q1 = q0 + 1;
      while (q1 < at.length && q1 - q0 < BLOCK && at[q1] == at[q1 - 1] + 1) {
        q1++;
      }
      Tensor rows = maps.rows(head, at[q0], at[q0] + q1 - q0);
      for (int q = q0; q < q1; q++) {
        add(rows.data(), (q - q0) * rows.size(1), q, part, sums);
      }
      q0 = q1;
    }
  }

  private static void add(float[] rows, int from, int query, ImageSpan.Part part, double[] sums) {
    PatchGrid grid = part.grid();
    int[] at = part.positions();
    for (int k = 0; k < at.length; k++) {
      int down = Math.abs(k / grid.columns() - query / grid.columns());
      int across = Math.abs(k % grid.columns() - query % grid.columns());
      sums[Math.max(down, across)] += rows[from + at[k]];
      sums[sums.length - 1] += rows[from + at[k]] * Math.hypot(down, across);
    }
  }

  /** A head's strengths by radius, {@code [R]}. */
  public float[] of(Head head) {
    return strength.slice(head.layer()).slice(head.head()).data();
  }
}
