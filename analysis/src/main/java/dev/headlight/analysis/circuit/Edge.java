package dev.headlight.analysis.circuit;

/**
 * An edge of a circuit.
 *
 * @param from what writes
 * @param to what reads it
 * @param score estimated effect of corrupting the edge on the metric, in logits
 */
public record Edge(Node from, Receiver to, double score) {
  /** The edge's name, {@code L5H3->L7H1.q}. */
  public String name() {
    return from + "->" + to;
  }
}
