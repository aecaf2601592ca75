package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files that options name. */
final class InputFiles {
  private InputFiles() {}

  /** A UTF-8 text, as it is. */
  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw input(file, "expected UTF-8 text, found other bytes; save it as UTF-8", e);
    } catch (NoSuchFileException e) {
      throw input(file, "there is no such file; check the path", e);
    } catch (AccessDeniedException e) {
      throw input(file, "no right to read it; change its permissions or copy it elsewhere", e);
    } catch (IOException e) {
      throw input(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  static HeadlightException input(Path file, String problem, Exception cause) {
    return new HeadlightException(Kind.INPUT, file + ": " + problem + ".", cause);
  }
}
