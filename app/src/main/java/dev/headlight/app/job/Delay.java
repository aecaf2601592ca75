package dev.headlight.app.job;

/** Waits for a pause before doing something. */
@FunctionalInterface
public interface Delay {
  /** Does everything at once. */
  Delay NONE = (key, milliseconds, action) -> action.run();

  /** Runs the action once nothing of the same key was asked for during the given time. */
  void after(Object key, int milliseconds, Runnable action);
}
