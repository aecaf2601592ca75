package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.AblationMetric;
import java.util.Arrays;
import java.util.List;

/**
 * A sweep over single heads as it fills.
 *
 * @param asked what it is of
 * @param baseline the metric with all heads; NaN until it is known
 * @param deltas change without each head, {@code [layers][heads]}; NaN where not reached
 * @param answers ids of the right and the wrong answer; empty until they are known
 * @param done whether every head is there
 * @param semantics what is done to a head, in words; empty until it is done
 * @param noEffect names of heads whose absence changes nothing at all
 */
public record SweepMap(
    Asked asked,
    double baseline,
    double[][] deltas,
    int[] answers,
    boolean done,
    String semantics,
    List<String> noEffect) {
  /** Copies what is mutable. */
  public SweepMap {
    deltas = Arrays.stream(deltas).map(double[]::clone).toArray(double[][]::new);
    answers = answers.clone();
    noEffect = List.copyOf(noEffect);
  }

  /** A map of which nothing is there. */
  public static SweepMap empty(Asked asked, int layers, int heads) {
    double[][] deltas = new double[layers][heads];
    Arrays.stream(deltas).forEach(row -> Arrays.fill(row, Double.NaN));
    return new SweepMap(asked, Double.NaN, deltas, new int[0], false, "", List.of());
  }

  /** The metric that it reads. */
  public AblationMetric metric() {
    return asked.choice().metric();
  }

  /** How many heads are there. */
  public int count() {
    return (int)
        Arrays.stream(deltas).flatMapToDouble(Arrays::stream).filter(v -> !Double.isNaN(v)).count();
  }

  /** Heads of the model. */
  public int size() {
    return deltas.length * deltas[0].length;
  }

  /** Largest change either way, for colours; 0 where nothing is there. */
  public double largest() {
    return Arrays.stream(deltas)
        .flatMapToDouble(Arrays::stream)
        .filter(v -> !Double.isNaN(v))
        .map(Math::abs)
        .max()
        .orElse(0);
  }
}
