package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;

/** A session that cannot be opened: its message says which file, why and what to do. */
public final class SessionException extends HeadlightException {
  /**
   * @param message one sentence for the user
   * @param cause what was thrown underneath, or null
   */
  public SessionException(String message, Throwable cause) {
    super(Kind.INPUT, message, cause);
  }
}
