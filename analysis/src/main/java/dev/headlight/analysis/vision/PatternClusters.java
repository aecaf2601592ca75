package dev.headlight.analysis.vision;

import java.util.Arrays;

/**
 * Heads grouped by how their attention is spread over the picture, as in visual analytics of vision
 * transformers (Li et al. 2023, which clusters the code of an autoencoder; here the profiles
 * themselves are clustered). k-means, begun at the profile farthest from the mean and then at those
 * farthest from all centres, so that equal input gives equal groups.
 *
 * @param group number of each profile's group, {@code [N]}, 0 to k − 1
 * @param centres mean profile of each group, {@code [k][F]}
 */
public record PatternClusters(int[] group, float[][] centres) {
  private static final int ROUNDS = 100;

  /**
   * Groups profiles.
   *
   * @param profiles {@code [N][F]}, such as {@link SpatialStrength#of} of every head
   * @param groups k, 1 to N
   */
  public static PatternClusters of(float[][] profiles, int groups) {
    if (groups < 1 || groups > profiles.length) {
      throw new IllegalArgumentException(groups + " groups of " + profiles.length);
    }
    float[][] centres = begin(profiles, groups);
    int[] group = assign(profiles, centres);
    for (int round = 0; round < ROUNDS; round++) {
      centres = means(profiles, group, centres);
      int[] next = assign(profiles, centres);
      if (Arrays.equals(next, group)) {
        break;
      }
      group = next;
    }
    return new PatternClusters(group, centres);
  }

  private static float[][] begin(float[][] profiles, int groups) {
    float[] mean = means(profiles, new int[profiles.length], new float[][] {profiles[0]})[0];
    float[][] centres = new float[groups][];
    for (int g = 0; g < groups; g++) {
      float[][] present = g == 0 ? new float[][] {mean} : Arrays.copyOf(centres, g);
      int farthest = 0;
      for (int i = 1; i < profiles.length; i++) {
        boolean farther = toNearest(profiles[i], present) > toNearest(profiles[farthest], present);
        farthest = farther ? i : farthest;
      }
      centres[g] = profiles[farthest];
    }
    return centres;
  }

  private static double toNearest(float[] profile, float[][] centres) {
    return distance(profile, centres[nearest(profile, centres)]);
  }

  private static int nearest(float[] profile, float[][] centres) {
    int best = 0;
    for (int c = 1; c < centres.length; c++) {
      best = distance(profile, centres[c]) < distance(profile, centres[best]) ? c : best;
    }
    return best;
  }

  private static int[] assign(float[][] profiles, float[][] centres) {
    return Arrays.stream(profiles).mapToInt(p -> nearest(p, centres)).toArray();
  }

  /** Means of the groups; a group without members keeps its centre. */
  private static float[][] means(float[][] profiles, int[] group, float[][] centres) {
    float[][] means = new float[centres.length][];
    for (int g = 0; g < centres.length; g++) {
      double[] sum = new double[centres[g].length];
      int members = 0;
      for (int i = 0; i < profiles.length; i++) {
        members += group[i] == g ? 1 : 0;
        for (int f = 0; f < sum.length && group[i] == g; f++) {
          sum[f] += profiles[i][f];
        }
      }
      means[g] = members == 0 ? centres[g] : divided(sum, members);
    }
    return means;
  }

  private static float[] divided(double[] sum, int by) {
    float[] out = new float[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (sum[i] / by);
    }
    return out;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return sum;
  }
}
