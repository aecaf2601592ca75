package dev.headlight.renderer.figure;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all: beside its place first, then moved over it. */
final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content to a stream. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @throws IOException naming the file and the reason; then nothing new is left in the folder and
   *     a file that stood there before is unchanged
   */
  static void write(Path path, Content content) throws IOException {
    Path target = path.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new IOException("cannot write " + path + ": it is a folder, give a file name");
    }
    Path temporary = null;
    try {
      // Not createTempFile: its files are for the owner's eyes only, and the figure would stay so.
      Path beside = target.resolveSibling(".headlight-" + UUID.randomUUID() + ".tmp");
      try (OutputStream file = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
        temporary = beside;
        OutputStream out = new BufferedOutputStream(file);
        content.writeTo(out);
        out.flush();
      }
      move(temporary, target);
    } catch (IOException | UncheckedIOException e) {
      throw new IOException("cannot write " + path + ": " + reason(e), e);
    } finally {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "no right to write into its folder";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
