package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Edge;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.Receiver.Input;
import dev.headlight.renderer.figure.Graph;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the nodes of a circuit stand: the embedding at the bottom, then of each layer its heads and
 * above them its MLP, the logits on top. Laid out by ELK's layered algorithm with layers as
 * partitions. Of large circuits only the strongest edges are drawn.
 *
 * @param nodes with their places
 * @param lines one an edge that is drawn
 * @param width of everything
 * @param height of everything
 * @param edges of the circuit, drawn or not
 */
public record CircuitLayout(
    List<Placed> nodes, List<Line> lines, double width, double height, int edges) {
  static {
    LayoutMetaDataService.getInstance(); // Tells ELK how to copy its own types.
  }

  /** Most edges that are drawn. */
  public static final int MOST = 80;

  /** Width of a node. */
  public static final double WIDE = 54;

  /** Height of a node. */
  public static final double HIGH = 20;

  private static final double BETWEEN_LAYERS = 26;
  private static final double BETWEEN_NODES = 10;
  private static final double BETWEEN_EDGES = 5;

  /** Where queries, keys and values enter a head, from its left. */
  private static final Map<Input, Double> PORTS =
      new EnumMap<>(
          Map.of(
              Input.Q,
              0.2 * WIDE,
              Input.K,
              0.5 * WIDE,
              Input.V,
              0.8 * WIDE,
              Input.ONLY,
              0.5 * WIDE));

  /**
   * A node.
   *
   * @param x of its middle
   * @param y of its middle, from the top
   */
  public record Placed(Node node, double x, double y) {}

  /**
   * An edge.
   *
   * @param x of its points, from what writes to what reads
   * @param y of its points, from the top
   */
  public record Line(Edge edge, double[] x, double[] y) {}

  /** Copies the lists. */
  public CircuitLayout {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  /** Arranges a circuit; of small ones within milliseconds, at most about a second. */
  public static CircuitLayout of(CircuitGraph circuit) {
    if (circuit.edges().isEmpty()) {
      return new CircuitLayout(List.of(), List.of(), 1, 1, 0);
    }
    return new Maker(new CircuitGraph(circuit.wiring(), circuit.strongest(MOST)))
        .make(circuit.edges().size());
  }

  /** As a figure's graph; blue (positive) lines carry the answer. */
  public Graph graph() {
    double most = lines.stream().mapToDouble(l -> Math.abs(l.edge().score())).max().orElse(0);
    return new Graph(
        nodes.stream()
            .map(p -> new Graph.Node(p.node().toString(), p.x(), p.y(), WIDE, HIGH))
            .toList(),
        lines.stream()
            .map(l -> new Graph.Edge(l.x(), l.y(), most == 0 ? 0 : -l.edge().score() / most))
            .toList(),
        Math.max(1, width),
        Math.max(1, height));
  }

  /** One layout. */
  private static final class Maker {
    private final CircuitGraph circuit;
    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<Node, ElkNode> boxes = new HashMap<>();
    private final Map<Node, ElkPort> outputs = new HashMap<>();
    private final Map<Node, Map<Input, ElkPort>> inputs = new HashMap<>();
    private final Map<Edge, ElkEdge> lines = new HashMap<>();

    Maker(CircuitGraph circuit) {
      this.circuit = circuit;
      root.setProperty(LayeredOptions.DIRECTION, Direction.UP);
      root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.SPLINES);
      root.setProperty(LayeredOptions.PARTITIONING_ACTIVATE, true);
      root.setProperty(LayeredOptions.RANDOM_SEED, 1);
      root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
      root.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_NODES);
      root.setProperty(LayeredOptions.SPACING_EDGE_NODE, BETWEEN_EDGES);
      root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, BETWEEN_EDGES);
    }

    CircuitLayout make(int edges) {
      SortedMap<Integer, Integer> rows = new TreeMap<>();
      circuit.nodes().forEach(n -> rows.put(level(n), 0));
      int next = 0;
      for (Map.Entry<Integer, Integer> row : rows.entrySet()) {
        row.setValue(next++);
      }
      circuit.nodes().forEach(n -> box(n, rows.get(level(n))));
      for (Edge edge : circuit.edges()) {
        ElkPort to = inputs.get(edge.to().node()).get(edge.to().input());
        lines.put(edge, ElkGraphUtil.createSimpleEdge(outputs.get(edge.from()), to));
      }
      new LayeredLayoutProvider().layout(root, new BasicProgressMonitor());
      return new CircuitLayout(placed(), lines(), root.getWidth(), root.getHeight(), edges);
    }

    private static int level(Node node) {
      return switch (node.type()) {
        case EMBED -> 0;
        case HEAD -> 1 + 2 * node.layer();
        case MLP -> 2 + 2 * node.layer();
        case LOGITS -> Integer.MAX_VALUE;
      };
    }

    private void box(Node node, int row) {
      ElkNode box = ElkGraphUtil.createNode(root);
      box.setDimensions(WIDE, HIGH);
      box.setProperty(LayeredOptions.PARTITIONING_PARTITION, row);
      box.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
      boxes.put(node, box);
      outputs.put(node, port(box, PortSide.NORTH, 0.5 * WIDE, 0));
      Map<Input, ElkPort> ports = new EnumMap<>(Input.class);
      PORTS.forEach((input, x) -> ports.put(input, port(box, PortSide.SOUTH, x, HIGH)));
      inputs.put(node, ports);
    }

    private static ElkPort port(ElkNode box, PortSide side, double x, double y) {
      ElkPort port = ElkGraphUtil.createPort(box);
      port.setProperty(LayeredOptions.PORT_SIDE, side);
      port.setLocation(x, y);
      return port;
    }

    private List<Placed> placed() {
      return circuit.nodes().stream()
          .map(
              n -> {
                ElkNode box = boxes.get(n);
                return new Placed(n, box.getX() + WIDE / 2, box.getY() + HIGH / 2);
              })
          .toList();
    }

    private List<Line> lines() {
      List<Line> all = new ArrayList<>();
      circuit.edges().forEach(e -> all.add(CircuitCurve.line(e, lines.get(e))));
      return all;
    }
  }
}
