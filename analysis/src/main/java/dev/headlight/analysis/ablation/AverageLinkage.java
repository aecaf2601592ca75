package dev.headlight.analysis.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Hierarchical clustering by average linkage (UPGMA, Sokal and Michener 1958): the two clusters
 * whose members lie closest on average are joined until one is left. What it is for is the order of
 * the leaves, in which alike rows of a matrix stand side by side.
 */
public final class AverageLinkage {
  private final double[][] between;
  private final double[][] original;
  private final List<List<Integer>> clusters = new ArrayList<>();

  private AverageLinkage(double[][] distances) {
    original = distances;
    between = Arrays.stream(distances).map(double[]::clone).toArray(double[][]::new);
    for (int i = 0; i < distances.length; i++) {
      clusters.add(new ArrayList<>(List.of(i)));
    }
  }

  /**
   * The order of the leaves.
   *
   * @param distances symmetric, {@code [n][n]}; NaN counts as infinitely far
   * @return each index once
   */
  public static int[] order(double[][] distances) {
    AverageLinkage linkage = new AverageLinkage(distances);
    for (int left = distances.length; left > 1; left--) {
      linkage.join();
    }
    return linkage.clusters.stream()
        .filter(c -> c != null)
        .flatMap(List::stream)
        .mapToInt(i -> i)
        .toArray();
  }

  private void join() {
    int a = -1;
    int b = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < between.length; i++) {
      for (int j = i + 1; j < between.length && clusters.get(i) != null; j++) {
        if (clusters.get(j) != null && (a < 0 || between[i][j] < least)) {
          a = i;
          b = j;
          least = Double.isNaN(between[i][j]) ? Double.POSITIVE_INFINITY : between[i][j];
        }
      }
    }
    double sizeA = clusters.get(a).size();
    double sizeB = clusters.get(b).size();
    for (int k = 0; k < between.length; k++) {
      between[a][k] = (sizeA * between[a][k] + sizeB * between[b][k]) / (sizeA + sizeB);
      between[k][a] = between[a][k];
    }
    clusters.set(a, joined(clusters.get(a), clusters.get(b)));
    clusters.set(b, null);
  }

  /** Both, turned so that the ends that meet are as alike as they can be. */
  private List<Integer> joined(List<Integer> a, List<Integer> b) {
    List<Integer> best = null;
    double least = Double.POSITIVE_INFINITY;
    for (List<Integer> first : List.of(a, reversed(a))) {
      for (List<Integer> second : List.of(b, reversed(b))) {
        double gap = original[first.get(first.size() - 1)][second.get(0)];
        if (best == null || gap < least) {
          best = new ArrayList<>(first);
          best.addAll(second);
          least = gap;
        }
      }
    }
    return best;
  }

  private static List<Integer> reversed(List<Integer> list) {
    List<Integer> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }
}
