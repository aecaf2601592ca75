package dev.headlight.analysis.circuit;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.sweep.Metric;
import dev.headlight.analysis.sweep.Metrics;
import java.util.List;

/**
 * Automatic circuit discovery (Conmy et al. 2023) within a circuit that is small already: from the
 * logits back to the embedding, each edge is corrupted, and stays so where KL(clean ‖ circuit) of
 * the next token rises by less than τ. One pass an edge and pair, one after the other.
 */
public final class Acdc {
  /** Most edges of the circuit to begin with. */
  public static final int MOST_EDGES = 5000;

  private Acdc() {}

  /**
   * What is left.
   *
   * @param circuit pruned
   * @param kl KL(clean ‖ circuit) after the last position, in nats, mean over the pairs
   * @param passes edges that were tried
   */
  public record Result(CircuitGraph circuit, double kl, int passes) {}

  /**
   * Prunes a circuit.
   *
   * @param tau rise of the divergence, in nats, below which an edge goes; above 0
   * @throws HeadlightException when the circuit is too large, or τ is not above 0
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static Result prune(
      CircuitPasses passes, CircuitGraph start, double tau, Progress progress) {
    if (!(tau > 0)) {
      throw new HeadlightException(
          Kind.INPUT, "ACDC's threshold: expected a number above 0, found " + tau);
    }
    int edges = start.edges().size();
    if (edges > MOST_EDGES) {
      throw new HeadlightException(
          Kind.INPUT,
          "ACDC makes a pass for every edge and takes at most %d, found %d; choose fewer edges first"
              .formatted(MOST_EDGES, edges));
    }
    Metric kl = Metrics.kl();
    CircuitGraph circuit = start;
    double current = passes.metric(List.of(circuit), kl, progress.silent())[0];
    List<Edge> order = start.edges();
    for (int i = edges - 1; i >= 0; i--) {
      progress.report((double) (edges - 1 - i) / edges, order.get(i).name());
      progress.check();
      CircuitGraph less = circuit.without(order.get(i));
      double without = passes.metric(List.of(less), kl, progress.silent())[0];
      if (without - current < tau) {
        circuit = less;
        current = without;
      }
    }
    return new Result(circuit.pruned(), current, edges);
  }
}
