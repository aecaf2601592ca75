package dev.headlight.analysis.circuit;

import dev.headlight.analysis.job.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * The strongest edges by first-order scores, beside passes in which that edge alone is corrupted.
 *
 * @param rows the strongest first
 */
public record EdgeVerification(List<Row> rows) {
  /** Copies the list. */
  public EdgeVerification {
    rows = List.copyOf(rows);
  }

  /**
   * An edge that was computed too.
   *
   * @param edge with its score, the estimated effect of corrupting it, in logits
   * @param exact m without the edge less m of the clean prompt, by a pass, in logits
   */
  public record Row(Edge edge, double exact) {}

  /**
   * Computes the strongest edges of a circuit.
   *
   * @param count how many edges
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static EdgeVerification of(
      CircuitPasses passes, CircuitGraph circuit, int count, Progress progress) {
    List<Edge> edges = circuit.strongest(count);
    double[] found = passes.without(edges, progress);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      rows.add(new Row(edges.get(i), found[i] - passes.contrast().clean()));
    }
    return new EdgeVerification(rows);
  }
}
