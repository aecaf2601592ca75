package dev.headlight.app.engine;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;

/**
 * Something to be asked of the open model, on its thread.
 *
 * @param <T> the answer, which belongs to anyone
 */
@FunctionalInterface
public interface ModelQuestion<T> {
  /** Answers. */
  T ask(Model model, Progress progress);
}
