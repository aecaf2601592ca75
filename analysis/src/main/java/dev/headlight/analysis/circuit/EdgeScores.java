package dev.headlight.analysis.circuit;

import dev.headlight.analysis.patching.Contrast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A score for every edge of a model: the first-order effect of corrupting the edge on the logit
 * difference, in logits, mean over the pairs. Negative scores are of edges that carry the answer.
 *
 * @param wiring the edges
 * @param method how they were scored
 * @param steps points on the way from corrupt to clean that were averaged; 1 for {@link Method#EAP}
 * @param contrast mean logit differences of the clean and the corrupt prompts
 * @param values by receiver and sender: {@code [receivers][reads]}
 */
public record EdgeScores(
    Wiring wiring, Method method, int steps, Contrast contrast, float[][] values) {
  /** How edges are scored. */
  public enum Method {
    /** Edge attribution patching (Syed et al. 2023): the gradient at the clean prompt. */
    EAP("eap"),
    /**
     * With integrated gradients (Hanna et al. 2024): the mean gradient at embeddings corrupt + k/m
     * (clean − corrupt), k = 0 … m − 1.
     */
    EAP_IG("eap-ig");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    /** The name of the command line. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Copies the arrays. */
  public EdgeScores {
    values = Arrays.stream(values).map(float[]::clone).toArray(float[][]::new);
  }

  /** Of one edge. */
  public double score(Node from, Receiver to) {
    return values[wiring.receiver(to)][wiring.sender(from)];
  }

  /** Every edge, the strongest first. */
  public List<Edge> ranked() {
    List<Edge> edges = new ArrayList<>();
    for (int r = 0; r < values.length; r++) {
      Receiver to = wiring.receiver(r);
      for (int s = 0; s < values[r].length; s++) {
        edges.add(new Edge(wiring.sender(s), to, values[r][s]));
      }
    }
    edges.sort(Comparator.comparingDouble((Edge e) -> -Math.abs(e.score())));
    return edges;
  }

  /**
   * Of every head: the sum of the scores of the edges that leave it, {@code [L][H]}; the
   * first-order effect of corrupting its whole output.
   */
  public double[][] heads() {
    double[][] sums = new double[wiring.layers()][wiring.heads()];
    for (float[] row : values) {
      for (int s = 1; s < row.length; s++) {
        Node node = wiring.sender(s);
        if (node.type() == Node.Type.HEAD) {
          sums[node.layer()][node.head()] += row[s];
        }
      }
    }
    return sums;
  }
}
