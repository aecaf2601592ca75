package dev.headlight.app.circuits;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.engine.ModelQuestion;

/**
 * An answer, or why there is none.
 *
 * @param value null where there is a problem
 * @param problem what the user can put right, in a sentence; empty for nothing
 */
public record CircuitAnswer<T>(T value, String problem) {
  /** A question whose refusal is an answer too; other failures stay failures. */
  public static <T> ModelQuestion<CircuitAnswer<T>> of(ModelQuestion<T> question) {
    return (model, progress) -> {
      try {
        return new CircuitAnswer<>(question.ask(model, progress), "");
      } catch (HeadlightException e) {
        return new CircuitAnswer<>(null, e.getMessage());
      }
    };
  }
}
