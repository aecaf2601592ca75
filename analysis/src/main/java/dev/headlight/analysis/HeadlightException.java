package dev.headlight.analysis;

/**
 * Something the user can put right: a bad model, a bad input, a place that cannot be written.
 *
 * <p>The message is one sentence for the user. It names the file, tensor or option, what was
 * expected, what was found and what to do next. The command line prints it as it is and ends with
 * exit code 3.
 */
public class HeadlightException extends RuntimeException {

  /** What kind of thing is at fault. */
  public enum Kind {
    /** The model: its folder, config, weights or tokenizer. */
    MODEL,
    /** What the model was asked to read: a prompt, ids, a picture, an intervention. */
    INPUT,
    /** The place results go to: a folder without rights, a full disk. */
    OUTPUT
  }

  private final Kind kind;

  /**
   * @param kind what is at fault
   * @param message one sentence for the user
   */
  public HeadlightException(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * @param kind what is at fault
   * @param message one sentence for the user
   * @param cause what was thrown underneath, or null
   */
  public HeadlightException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of thing is at fault. */
  public final Kind kind() {
    return kind;
  }
}
