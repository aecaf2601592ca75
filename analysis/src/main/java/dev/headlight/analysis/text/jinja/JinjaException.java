package dev.headlight.analysis.text.jinja;

/** A template that is not sound, uses what is not there, or refuses what it was given. */
public final class JinjaException extends RuntimeException {
  private final boolean byTemplate;

  JinjaException(String message) {
    this(message, false);
  }

  JinjaException(String message, boolean byTemplate) {
    super(message);
    this.byTemplate = byTemplate;
  }

  /** The same problem with its line, which only the innermost statement knows. */
  JinjaException at(int line) {
    boolean known = byTemplate || getMessage().startsWith("line ");
    return known ? this : new JinjaException("line " + line + ": " + getMessage());
  }

  /** Whether the template itself refused its input with {@code raise_exception}. */
  public boolean byTemplate() {
    return byTemplate;
  }
}
