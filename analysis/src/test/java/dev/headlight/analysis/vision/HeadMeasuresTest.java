package dev.headlight.analysis.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Divergence of heads, distances, groups, rollout and relevancy. */
class HeadMeasuresTest {
  /** One layer of {@code norms.length} heads whose last output is (norm, 0). */
  private static Tensor z(int tokens, float... norms) {
    float[] values = new float[tokens * norms.length * 2];
    for (int h = 0; h < norms.length; h++) {
      values[((tokens - 1) * norms.length + h) * 2] = norms[h];
    }
    return new Tensor(values, tokens, norms.length, 2);
  }

  /** Sequences of different length: the last tokens are compared. */
  @Test
  void divergenceIsADistance() {
    HeadDivergence vhd = HeadDivergence.of(List.of(z(9, 5, 3, 0)), List.of(z(4, 1, 3, 2)));
    assertArrayEquals(new float[] {4, 0, 2}, vhd.divergence().data());
    assertEquals(6, vhd.total(2));
    assertEquals(4, vhd.total(1));
    assertEquals(6, vhd.total(99));
  }

  /** Median 2; head 4 diverges most, but because its output grows without the picture. */
  @Test
  void reinforcementLeavesOutliersOut() {
    HeadDivergence vhd =
        HeadDivergence.of(List.of(z(3, 1, 2, 4, 5, 1)), List.of(z(3, 1, 1, 2, 1, 10)));
    assertArrayEquals(new float[] {0, 1, 2, 4, 9}, vhd.divergence().data());
    assertEquals(List.of(new Head(0, 3)), vhd.vhr());
    assertEquals(
        "scale:L0H3@-1..=2.0", vhd.reinforcement(HeadDivergence.REINFORCEMENT).get(0).text());
    HeadDivergence same = HeadDivergence.of(List.of(z(3, 1, 1)), List.of(z(2, 1, 1)));
    assertTrue(same.reinforcement(2).isEmpty());
  }

  /** On 3 × 3 patches and a class token, uniform rows give 1/10 to each patch. */
  @Test
  void uniformStrengthCountsPatchesAtEachRadius() {
    ImageSpan.Part part = ImageSpan.of(10, 1, new PatchGrid(3, 3)).parts().get(0);
    SpatialStrength s = SpatialStrength.of(new FixedMaps(10, false), 1, 2, part, Progress.NONE);
    // Ordered pairs of patches at radius 0, 1, 2: 9, 40, 32.
    assertArrayEquals(new float[] {9 / 90f, 40 / 90f, 32 / 90f}, s.of(new Head(0, 1)), 1e-6f);
    double sum = 0;
    for (int a = 0; a < 9; a++) {
      for (int b = 0; b < 9; b++) {
        sum += Math.hypot(a / 3 - b / 3, a % 3 - b % 3) / 10;
      }
    }
    assertEquals(sum / 9, s.distance().data()[0], 1e-5);
  }

  @Test
  void profilesFallIntoTheirGroups() {
    float[][] profiles = {{1, 0}, {0.9f, 0.1f}, {0, 1}, {0.1f, 0.9f}, {5, 5}};
    PatternClusters clusters = PatternClusters.of(profiles, 3);
    int[] group = clusters.group();
    assertEquals(group[0], group[1]);
    assertEquals(group[2], group[3]);
    assertNotEquals(group[0], group[2]);
    assertNotEquals(group[0], group[4]);
    assertArrayEquals(new float[] {0.95f, 0.05f}, clusters.centres()[group[0]], 1e-6f);
    assertArrayEquals(new int[5], PatternClusters.of(profiles, 1).group());
  }

  /** Two layers of two tokens, by hand: Ã of A = [[1, 0], [½, ½]] is [[1, 0], [¼, ¾]]. */
  @Test
  void rolloutMultipliesLayers() {
    float[][] map = {{1, 0}, {0.5f, 0.5f}};
    FixedMaps maps = new FixedMaps(2, true).with(0, 0, map).with(1, 0, map);
    assertArrayEquals(new float[] {0.25f, 0.75f}, Rollout.row(maps, 0, 1, 2, 1), 1e-6f);
    assertArrayEquals(
        new float[] {0.25f + 0.75f * 0.25f, 0.75f * 0.75f}, Rollout.row(maps, 1, 1, 2, 1), 1e-6f);
    assertArrayEquals(new float[] {1, 0}, Rollout.row(maps, 1, 1, 2, 0), 1e-6f);
  }

  /** Ā of the last layer has row 1 (1, 0), that of the first rows (1, 0) and (¼, ¼). */
  @Test
  void relevancyFollowsPositiveGradients() {
    Tensor first = new Tensor(new float[] {1, 0, 0.25f, 0.25f}, 2, 2);
    Tensor last = new Tensor(new float[] {0, 0, 1, 0}, 2, 2);
    // R = (I + Ā₂)(I + Ā₁): row 1 of I + Ā₂ is (1, 1); times rows (2, 0) and (0.25, 1.25).
    Relevancy relevancy = new Relevancy(2, 1);
    relevancy.below(last);
    relevancy.below(first);
    double sum = 2.25 + 0.25;
    assertArrayEquals(
        new float[] {(float) (2.25 / sum), (float) (0.25 / sum)}, relevancy.row(), 1e-6f);
    Relevancy nothing = new Relevancy(2, 1);
    nothing.below(new Tensor(new float[4], 2, 2));
    assertArrayEquals(new float[2], nothing.row());
  }
}
