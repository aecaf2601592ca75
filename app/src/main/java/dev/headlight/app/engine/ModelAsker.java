package dev.headlight.app.engine;

/** Asks the open model and waits for its answer. */
@FunctionalInterface
public interface ModelAsker {
  /** The model's answer. */
  <T> T ask(ModelQuestion<T> question);
}
