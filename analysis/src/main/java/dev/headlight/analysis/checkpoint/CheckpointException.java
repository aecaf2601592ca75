package dev.headlight.analysis.checkpoint;

import dev.headlight.analysis.HeadlightException;

/**
 * A model folder, config or weight file that cannot be used; the message says why and what to do.
 */
public class CheckpointException extends HeadlightException {

  /**
   * @param message one sentence for the user: file, tensor or field, expected, found, next step
   */
  public CheckpointException(String message) {
    this(message, null);
  }

  /**
   * @param message one sentence for the user: file, tensor or field, expected, found, next step
   * @param cause what was thrown underneath, or null
   */
  public CheckpointException(String message, Throwable cause) {
    super(Kind.MODEL, message, cause);
  }
}
