package dev.headlight.analysis;

/**
 * Something the user can mend: a bad model, input or setting. The message is one sentence for
 * people that names what, where, what was expected, what was found and what to do.
 */
public class HeadlightException extends RuntimeException {
  /** An error with its sentence. */
  public HeadlightException(String message) {
    super(message);
  }

  /** An error with its sentence and its cause. */
  public HeadlightException(String message, Throwable cause) {
    super(message, cause);
  }
}
