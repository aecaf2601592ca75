package dev.headlight.analysis.circuit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Some edges of a model, and the nodes at their ends.
 *
 * @param wiring all edges of the model
 * @param edges those of the circuit, by receiver, then sender
 */
public record CircuitGraph(Wiring wiring, List<Edge> edges) {
  /** Sorts the edges. */
  public CircuitGraph {
    Comparator<Edge> order =
        Comparator.comparingInt((Edge e) -> wiring.receiver(e.to()))
            .thenComparingInt(e -> wiring.sender(e.from()));
    edges = edges.stream().sorted(order).toList();
  }

  /** How edges are chosen. */
  public enum Selection {
    /** The highest scores wherever they are; what dangles is pruned. */
    TOP,
    /** From the logits down: always the best edge into what is already there. */
    GREEDY
  }

  /** The edges with the largest absolute scores, at most so many, pruned. */
  public static CircuitGraph top(EdgeScores scores, int count) {
    return new CircuitGraph(scores.wiring(), scores.ranked().stream().limit(count).toList())
        .pruned();
  }

  /** The edges whose absolute score is at least a threshold, pruned. */
  public static CircuitGraph above(EdgeScores scores, double threshold) {
    List<Edge> edges =
        scores.ranked().stream().filter(e -> Math.abs(e.score()) >= threshold).toList();
    return new CircuitGraph(scores.wiring(), edges).pruned();
  }

  /** So many edges from the logits down, each the strongest into a node that is there, pruned. */
  public static CircuitGraph greedy(EdgeScores scores, int count) {
    Wiring wiring = scores.wiring();
    PriorityQueue<Edge> open =
        new PriorityQueue<>(Comparator.comparingDouble((Edge e) -> -Math.abs(e.score())));
    Set<Node> inside = new HashSet<>(Set.of(Node.LOGITS));
    List<Edge> chosen = new ArrayList<>();
    offer(scores, Receiver.of(Node.LOGITS), open);
    while (chosen.size() < count && !open.isEmpty()) {
      Edge edge = open.remove();
      chosen.add(edge);
      if (inside.add(edge.from())) {
        inputs(edge.from()).forEach(r -> offer(scores, r, open));
      }
    }
    return new CircuitGraph(wiring, chosen).pruned();
  }

  /** By either way. */
  public static CircuitGraph select(EdgeScores scores, Selection how, int count) {
    return how == Selection.TOP ? top(scores, count) : greedy(scores, count);
  }

  private static void offer(EdgeScores scores, Receiver to, Collection<Edge> into) {
    float[] row = scores.values()[scores.wiring().receiver(to)];
    for (int s = 0; s < row.length; s++) {
      into.add(new Edge(scores.wiring().sender(s), to, row[s]));
    }
  }

  /** The inputs of a node. */
  static List<Receiver> inputs(Node node) {
    return switch (node.type()) {
      case EMBED -> List.of();
      case MLP, LOGITS -> List.of(Receiver.of(node));
      case HEAD -> Receiver.Input.OF_HEAD.stream().map(i -> new Receiver(node, i)).toList();
    };
  }

  /**
   * Without edges that lie on no way from the embedding to the logits: they change nothing, for
   * what nothing enters stays corrupt, and what nobody reads is not read.
   */
  public CircuitGraph pruned() {
    Set<Node> reached = new HashSet<>(Set.of(Node.EMBED));
    for (Edge e : edges) {
      if (reached.contains(e.from())) {
        reached.add(e.to().node());
      }
    }
    Set<Node> useful = new HashSet<>(Set.of(Node.LOGITS));
    for (int i = edges.size() - 1; i >= 0; i--) {
      if (useful.contains(edges.get(i).to().node())) {
        useful.add(edges.get(i).from());
      }
    }
    return new CircuitGraph(
        wiring,
        edges.stream()
            .filter(e -> reached.contains(e.from()) && useful.contains(e.to().node()))
            .toList());
  }

  /** Nodes at the ends of edges, in the order of the pass. */
  public List<Node> nodes() {
    Comparator<Node> order =
        Comparator.comparingInt(
            n -> n.type() == Node.Type.LOGITS ? wiring.senders() : wiring.sender(n));
    Set<Node> nodes = new TreeSet<>(order);
    edges.forEach(e -> nodes.addAll(List.of(e.from(), e.to().node())));
    return List.copyOf(nodes);
  }

  /** The edges with the largest absolute scores, the strongest first. */
  public List<Edge> strongest(int count) {
    return edges.stream()
        .sorted(Comparator.comparingDouble((Edge e) -> -Math.abs(e.score())))
        .limit(count)
        .toList();
  }

  /** The names of the edges. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    edges.forEach(e -> names.add(e.name()));
    return names;
  }

  /** Without one edge; not pruned. */
  CircuitGraph without(Edge edge) {
    return new CircuitGraph(wiring, edges.stream().filter(e -> !e.equals(edge)).toList());
  }

  /** Share of the model's edges, 0 to 1. */
  public double share() {
    return (double) edges.size() / wiring.edges();
  }
}
