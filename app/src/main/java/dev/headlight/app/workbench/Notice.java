package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Something the user should know.
 *
 * @param problem whether something went wrong
 * @param message one sentence
 * @param details to copy into a report; empty if there are none
 */
public record Notice(boolean problem, String message, String details) {
  /** Good news. */
  public static Notice info(String message) {
    return new Notice(false, message, "");
  }

  /** What was thrown: the message of a problem the user can put right, or a stack trace to copy. */
  public static Notice of(Throwable failure) {
    if (failure instanceof HeadlightException e) {
      return new Notice(true, e.getMessage(), "");
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    if (failure instanceof OutOfMemoryError) {
      return new Notice(
          true, "There is not enough memory for this; try a shorter prompt.", trace.toString());
    }
    return new Notice(true, "This went wrong inside Headlight: " + failure, trace.toString());
  }
}
