package dev.headlight.app.prompts;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A text file with one prompt a line; blank lines are none. */
public final class PromptFile {
  private PromptFile() {}

  /**
   * The prompts of a file.
   *
   * @throws HeadlightException when it cannot be read, or has none
   */
  public static List<String> lines(Path file) {
    try {
      List<String> lines =
          Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
      if (lines.isEmpty()) {
        throw problem(file, "expected one prompt a line, found none; write some", null);
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw problem(file, "expected UTF-8 text, found other bytes; save it as UTF-8", e);
    } catch (NoSuchFileException e) {
      throw problem(file, "there is no such file; check the path", e);
    } catch (IOException e) {
      throw problem(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static HeadlightException problem(Path file, String what, Exception cause) {
    return new HeadlightException(Kind.INPUT, file + ": " + what + ".", cause);
  }
}
