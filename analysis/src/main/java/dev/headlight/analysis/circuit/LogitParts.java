package dev.headlight.analysis.circuit;

import java.util.Comparator;
import java.util.List;

/**
 * Direct logit attribution: what each part of the stream at the last position adds to the logit
 * difference, with the scales of all norms as the pass had them. The parts sum to the difference.
 *
 * @param logitDiff of the pass itself: logit of the answer less that of the wrong one
 * @param parts the embedding, every head and MLP, and biases, in the order of the pass
 */
public record LogitParts(double logitDiff, List<Part> parts) {
  /** Largest difference between the sum and the pass that passes as rounding, in logits. */
  public static final double ROUNDING = 1e-4;

  /** Copies the list. */
  public LogitParts {
    parts = List.copyOf(parts);
  }

  /**
   * One part.
   *
   * @param name {@code embed}, {@code pos}, {@code L5H3}, {@code MLP5}, {@code L5 bias}, {@code
   *     bias}, {@code softcap}
   * @param layer its block; -1 for parts of the model
   * @param head query head; -1 where it is none
   * @param value what it adds, in logits
   */
  public record Part(String name, int layer, int head, double value) {}

  /** The sum of the parts. */
  public double sum() {
    return parts.stream().mapToDouble(Part::value).sum();
  }

  /** How far the sum is from the pass, in logits. */
  public double error() {
    return Math.abs(sum() - logitDiff);
  }

  /** Whether the sum is the logit difference, up to rounding. */
  public boolean sums() {
    return error() <= ROUNDING * Math.max(1, Math.abs(logitDiff));
  }

  /** The parts that add or take most, the strongest first. */
  public List<Part> strongest(int count) {
    return parts.stream()
        .sorted(Comparator.comparingDouble((Part p) -> -Math.abs(p.value())))
        .limit(count)
        .toList();
  }
}
