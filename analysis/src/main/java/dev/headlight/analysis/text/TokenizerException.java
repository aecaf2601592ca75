package dev.headlight.analysis.text;

import dev.headlight.analysis.HeadlightException;

/**
 * A tokenizer that cannot be used, or a text it cannot take; the message says why and what to do.
 */
public class TokenizerException extends HeadlightException {

  /**
   * @param kind whether the model's files or the input are at fault
   * @param message one sentence for the user
   */
  public TokenizerException(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * @param kind whether the model's files or the input are at fault
   * @param message one sentence for the user
   * @param cause what was thrown underneath, or null
   */
  public TokenizerException(Kind kind, String message, Throwable cause) {
    super(kind, message, cause);
  }
}
