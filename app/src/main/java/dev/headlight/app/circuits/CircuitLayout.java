package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the nodes of a circuit stand: the embedding at the bottom, then of each layer its heads and
 * above them its MLP, the logits on top. In a row, nodes stand near what they are joined to, by the
 * mean of their neighbours' places (Sugiyama et al. 1981).
 *
 * @param places of every node
 * @param rows how many there are
 * @param most nodes of the fullest row
 */
public record CircuitLayout(Map<Node, Place> places, int rows, int most) {
  private static final int SWEEPS = 4;

  /**
   * Where a node stands.
   *
   * @param row 0 at the bottom
   * @param x 0 to 1 across
   * @param beside nodes in the same row, itself among them
   */
  public record Place(int row, double x, int beside) {}

  /** Copies the map. */
  public CircuitLayout {
    places = Map.copyOf(places);
  }

  /** Arranges a circuit. */
  public static CircuitLayout of(CircuitGraph circuit) {
    List<List<Node>> rows = rows(circuit);
    Map<Node, Double> x = new HashMap<>();
    rows.forEach(row -> spread(row, x));
    Map<Node, List<Node>> joined = joined(circuit);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Node> row : rows) {
        Map<Node, Double> wanted = new HashMap<>();
        row.forEach(n -> wanted.put(n, mean(joined.getOrDefault(n, List.of()), x, x.get(n))));
        row.sort(Comparator.comparingDouble(wanted::get));
        spread(row, x);
      }
    }
    Map<Node, Place> places = new LinkedHashMap<>();
    int most = 0;
    for (int r = 0; r < rows.size(); r++) {
      most = Math.max(most, rows.get(r).size());
      for (Node node : rows.get(r)) {
        places.put(node, new Place(r, x.get(node), rows.get(r).size()));
      }
    }
    return new CircuitLayout(places, rows.size(), most);
  }

  private static List<List<Node>> rows(CircuitGraph circuit) {
    Map<Integer, List<Node>> levels = new TreeMap<>();
    for (Node node : circuit.nodes()) {
      levels.computeIfAbsent(level(node), l -> new ArrayList<>()).add(node);
    }
    return new ArrayList<>(levels.values());
  }

  private static int level(Node node) {
    return switch (node.type()) {
      case EMBED -> 0;
      case HEAD -> 1 + 2 * node.layer();
      case MLP -> 2 + 2 * node.layer();
      case LOGITS -> Integer.MAX_VALUE;
    };
  }

  private static Map<Node, List<Node>> joined(CircuitGraph circuit) {
    Map<Node, List<Node>> joined = new HashMap<>();
    for (Edge edge : circuit.edges()) {
      joined.computeIfAbsent(edge.from(), n -> new ArrayList<>()).add(edge.to().node());
      joined.computeIfAbsent(edge.to().node(), n -> new ArrayList<>()).add(edge.from());
    }
    return joined;
  }

  private static void spread(List<Node> row, Map<Node, Double> x) {
    for (int i = 0; i < row.size(); i++) {
      x.put(row.get(i), (i + 0.5) / row.size());
    }
  }

  private static double mean(List<Node> nodes, Map<Node, Double> x, double otherwise) {
    return nodes.stream().mapToDouble(x::get).average().orElse(otherwise);
  }
}
