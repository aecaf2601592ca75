package dev.headlight.analysis.circuit;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How alike two circuits of one shape of model are (Merullo et al. 2024, Circuit Component Reuse).
 *
 * @param sharedEdges edges that both have
 * @param edgeOverlap of the edges of either, the share that both have (Jaccard), 0 to 1
 * @param sharedHeads heads that both have
 * @param headOverlap the same for heads
 * @param reuse of the heads of the smaller circuit, the share that the other has too, 0 to 1
 * @param rankCorrelation Spearman's of the absolute scores of shared edges, −1 to 1; NaN of fewer
 *     than 3
 */
public record CircuitComparison(
    int sharedEdges,
    double edgeOverlap,
    int sharedHeads,
    double headOverlap,
    double reuse,
    double rankCorrelation) {
  /**
   * Compares two circuits.
   *
   * @throws HeadlightException when they are of models of different shapes
   */
  public static CircuitComparison of(CircuitGraph one, CircuitGraph other) {
    Wiring a = one.wiring();
    Wiring b = other.wiring();
    if (!a.equals(b)) {
      throw new HeadlightException(
          Kind.INPUT,
          "circuits can be compared within one shape of model; found %d layers of %d heads and %d of %d"
              .formatted(a.layers(), a.heads(), b.layers(), b.heads()));
    }
    Set<String> edges = shared(one.names(), other.names());
    Set<Node> first = heads(one);
    Set<Node> second = heads(other);
    Set<Node> heads = shared(first, second);
    int smaller = Math.min(first.size(), second.size());
    return new CircuitComparison(
        edges.size(),
        share(edges.size(), one.edges().size() + other.edges().size() - edges.size()),
        heads.size(),
        share(heads.size(), first.size() + second.size() - heads.size()),
        share(heads.size(), smaller),
        correlation(one, other, edges));
  }

  private static <T> Set<T> shared(Set<T> one, Set<T> other) {
    Set<T> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** The heads of a circuit, in the order of the pass. */
  public static Set<Node> heads(CircuitGraph circuit) {
    Set<Node> heads = new LinkedHashSet<>(circuit.nodes());
    heads.removeIf(n -> n.type() != Node.Type.HEAD);
    return heads;
  }

  private static double correlation(CircuitGraph one, CircuitGraph other, Set<String> edges) {
    return spearman(scores(one, edges), scores(other, edges));
  }

  /** Absolute scores of the shared edges, in the order that both have. */
  private static double[] scores(CircuitGraph circuit, Set<String> edges) {
    return circuit.edges().stream()
        .filter(e -> edges.contains(e.name()))
        .mapToDouble(e -> Math.abs(e.score()))
        .toArray();
  }

  /** Spearman's rank correlation; equal values share their mean rank. NaN of fewer than 3. */
  public static double spearman(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " and " + y.length + " values");
    }
    if (x.length < 3) {
      return Double.NaN;
    }
    double[] a = ranks(x);
    double[] b = ranks(y);
    double mean = (x.length - 1) / 2.0;
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (a[i] - mean) * (b[i] - mean);
      squareA += (a[i] - mean) * (a[i] - mean);
      squareB += (b[i] - mean) * (b[i] - mean);
    }
    return product / Math.sqrt(squareA * squareB);
  }

  private static double[] ranks(double[] values) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
    order.sort(Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int from = 0; from < ranks.length; ) {
      int to = from + 1;
      while (to < ranks.length && values[order.get(to)] == values[order.get(from)]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order.get(i)] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
