package dev.headlight.app.pairs;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.app.engine.ModelQuestion;

/**
 * An answer, or why there is none.
 *
 * @param value null for none
 * @param problem empty for none
 */
record Outcome<T>(T value, String problem) {
  static <T> Outcome<T> of(ModelQuestion<T> question, Model model, Progress progress) {
    try {
      return new Outcome<>(question.ask(model, progress), "");
    } catch (HeadlightException e) {
      return new Outcome<>(null, e.getMessage());
    }
  }
}
