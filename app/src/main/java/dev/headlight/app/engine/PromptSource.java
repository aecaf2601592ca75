package dev.headlight.app.engine;

import java.nio.file.Path;

/**
 * Which prompts scores are averaged over. As text: {@code prompt}, {@code library}, or {@code
 * file:} and a path.
 *
 * @param kind where they come from
 * @param file the path of a file; empty for the others
 */
public record PromptSource(Kind kind, String file) {
  /** Where prompts come from. */
  public enum Kind {
    PROMPT,
    LIBRARY,
    FILE
  }

  /** The prompt at hand. */
  public static final PromptSource PROMPT = new PromptSource(Kind.PROMPT, "");

  /** The prompts that are kept, and those that come with Headlight. */
  public static final PromptSource LIBRARY = new PromptSource(Kind.LIBRARY, "");

  private static final String FILE = "file:";

  /** A file with one prompt a line. */
  public static PromptSource of(Path file) {
    return new PromptSource(Kind.FILE, file.toString());
  }

  /** Reads the text form; anything else means the prompt at hand. */
  public static PromptSource parse(String text) {
    if (text.startsWith(FILE) && text.length() > FILE.length()) {
      return new PromptSource(Kind.FILE, text.substring(FILE.length()));
    }
    return text.equals(LIBRARY.toString()) ? LIBRARY : PROMPT;
  }

  /** For menus. */
  public String title() {
    return switch (kind) {
      case PROMPT -> "This prompt";
      case LIBRARY -> "Prompt library";
      case FILE -> String.valueOf(Path.of(file).getFileName());
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case PROMPT -> "prompt";
      case LIBRARY -> "library";
      case FILE -> FILE + file;
    };
  }
}
