package dev.headlight.analysis.run;

import java.util.Map;

/**
 * What a backward pass left behind.
 *
 * @param objective what was differentiated, in its unit
 * @param values values and gradients by name, in the order of the pass
 */
public record GradientRun(double objective, Map<HookName, Value> values) {
  /**
   * A value and its gradient.
   *
   * @param value as it went on, in the shape that {@link Site} states
   * @param gradient of the objective with respect to it, of the same shape
   */
  public record Value(Tensor value, Tensor gradient) {}
}
