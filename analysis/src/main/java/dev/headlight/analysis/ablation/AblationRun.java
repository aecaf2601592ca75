package dev.headlight.analysis.ablation;

import dev.headlight.analysis.run.Head;
import java.util.List;

/**
 * What the model does without some heads.
 *
 * @param target as it was asked for
 * @param heads that were taken away, in order
 * @param values the metric, one a sequence; NaN where not reached
 * @param delta mean over the sequences of value less baseline; NaN where not reached
 * @param noEffect whether every pass is bit by bit that of the unchanged model
 */
public record AblationRun(
    Target target, List<Head> heads, double[] values, double delta, boolean noEffect) {
  /** Copies what is mutable. */
  public AblationRun {
    heads = List.copyOf(heads);
    values = values.clone();
  }
}
