package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.AblationMetric;
import java.util.Arrays;
import java.util.List;

/**
 * A sweep as it fills.
 *
 * @param over what is taken away
 * @param metric that is read
 * @param baseline the metric with all heads; NaN until it is known
 * @param deltas change without each target, {@code [layers][targets of a layer]}; NaN where not
 *     reached
 * @param answers ids that the metric was read for; none until they are known or where it needs none
 * @param sequences that it was read on; 0 until they are known
 * @param done whether every target is there
 * @param semantics what is done to a head, in words; empty until it is done
 * @param noEffect names of targets whose absence changes nothing at all
 */
public record SweepMap(
    Over over,
    AblationMetric metric,
    double baseline,
    double[][] deltas,
    AnswerIds answers,
    int sequences,
    boolean done,
    String semantics,
    List<String> noEffect) {
  /** Copies what is mutable. */
  public SweepMap {
    deltas = Arrays.stream(deltas).map(double[]::clone).toArray(double[][]::new);
    noEffect = List.copyOf(noEffect);
  }

  /** A map of which nothing is there. */
  public static SweepMap empty(Over over, AblationMetric metric, int layers, int columns) {
    double[][] deltas = new double[layers][columns];
    Arrays.stream(deltas).forEach(row -> Arrays.fill(row, Double.NaN));
    return new SweepMap(over, metric, Double.NaN, deltas, AnswerIds.NONE, 0, false, "", List.of());
  }

  /** How many targets are there. */
  public int count() {
    return (int)
        Arrays.stream(deltas).flatMapToDouble(Arrays::stream).filter(v -> !Double.isNaN(v)).count();
  }

  /** Targets in all. */
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

  /** The changes in one row, layer by layer. */
  public double[] flat() {
    return Arrays.stream(deltas).flatMapToDouble(Arrays::stream).toArray();
  }
}
