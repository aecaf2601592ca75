package dev.headlight.renderer.figure;

import java.util.List;
import java.util.Objects;

/**
 * Named boxes joined by lines, each in its place. Places and sizes have one unit, y goes down.
 * Immutable.
 *
 * @param nodes boxes, drawn above the lines
 * @param edges lines, drawn in this order
 * @param width of everything, above 0
 * @param height of everything, above 0
 */
public record Graph(List<Node> nodes, List<Edge> edges, double width, double height) {
  /** Copies the lists and checks the size. */
  public Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException("a graph of " + width + " × " + height);
    }
  }

  /**
   * A box.
   *
   * @param name stands in it
   * @param x of its middle
   * @param y of its middle
   * @param width of it
   * @param height of it
   */
  public record Node(String name, double x, double y, double width, double height) {
    /** Checks that it has a name. */
    public Node {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * A line.
   *
   * @param x of its points, two or more
   * @param y of its points, one an x
   * @param strength −1 to 1: the sign is its colour, the size its width
   */
  public record Edge(double[] x, double[] y, double strength) {
    /** Checks and copies the points. */
    public Edge {
      x = x.clone();
      y = y.clone();
      if (x.length != y.length || x.length < 2 || !(Math.abs(strength) <= 1)) {
        throw new IllegalArgumentException(
            "a line of %d x and %d y, strength %s".formatted(x.length, y.length, strength));
      }
    }

    @Override
    public double[] x() {
      return x.clone();
    }

    @Override
    public double[] y() {
      return y.clone();
    }
  }
}
