package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.run.Head;
import java.util.Arrays;
import java.util.List;

/**
 * What the model does without some heads together, and without each alone.
 *
 * @param heads that are away
 * @param semantics what is done to them, in words
 * @param change its text form
 * @param answer label of the right answer
 * @param wrong label of the wrong answer
 * @param answers ids of both, one a sequence
 * @param sequences that the metrics were read on; changes are means over them
 * @param rows one a metric
 * @param alone change of the chosen metric without each head alone, in the order of the heads
 * @param together change without all of them
 * @param noEffect whether every number that leaves the model is bit by bit the same
 */
public record Effect(
    List<Head> heads,
    String semantics,
    String change,
    String answer,
    String wrong,
    AnswerIds answers,
    int sequences,
    List<Row> rows,
    double[] alone,
    double together,
    boolean noEffect) {
  /** Copies what is mutable. */
  public Effect {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
    alone = alone.clone();
  }

  /** A metric with and without the heads. */
  public record Row(AblationMetric metric, double baseline, double without) {
    /** Change by taking the heads away. */
    public double delta() {
      return without - baseline;
    }
  }

  /** Sum of the single changes. */
  public double sum() {
    double sum = 0;
    for (double one : alone) {
      sum += one;
    }
    return sum;
  }

  /** What the sum says about the heads, in a sentence; empty where it says nothing. */
  public String adding() {
    double sign = Math.signum(together);
    boolean oneWay = Arrays.stream(alone).allMatch(d -> Math.signum(d) == sign);
    if (heads.size() < 2 || !oneWay || Math.abs(together) < 1e-3) {
      return "";
    }
    double ratio = together / sum();
    if (ratio > 1.1) {
      return "Together they take more than one by one: each backs up the others.";
    }
    return ratio < 0.9
        ? "Together they take less than one by one: what they do overlaps."
        : "Their effects add up.";
  }
}
