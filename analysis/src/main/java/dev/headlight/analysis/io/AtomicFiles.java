package dev.headlight.analysis.io;

import dev.headlight.analysis.HeadlightException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes whole files or none: the bytes go to a temporary file in the same folder, which takes the
 * place of the target in one step when it is complete and is deleted when anything goes wrong.
 */
public final class AtomicFiles {
  private static final Logger LOG = LoggerFactory.getLogger(AtomicFiles.class);
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();
  private static final int BUFFER = 1 << 16;

  private AtomicFiles() {}

  /** Writes the content of a file to a stream, which the caller closes. */
  @FunctionalInterface
  public interface StreamContent {
    /** Writes everything. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the content of a file to a path that is not the final one. */
  @FunctionalInterface
  public interface PathContent {
    /** Writes everything; the file exists and is empty. */
    void writeTo(Path temporary) throws IOException;
  }

  /**
   * Writes a file through a buffered stream.
   *
   * @param file the target; an older file of the name is replaced
   * @throws HeadlightException (OUTPUT) naming the file and why it cannot be written; whatever
   *     {@code content} throws otherwise is thrown on. In both cases the target is as it was
   */
  public static void write(Path file, StreamContent content) {
    writePath(
        file,
        temporary -> {
          try (OutputStream out =
              new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
            content.writeTo(out);
          }
        });
  }

  /** Writes a text as UTF-8; see {@link #write}. */
  public static void writeText(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a file through its temporary path; see {@link #write}. */
  public static void writePath(Path file, PathContent content) {
    Path target = file.toAbsolutePath();
    Path temporary = null;
    try {
      temporary = temporary(target);
      content.writeTo(temporary);
      move(temporary, target);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(file, e.getCause());
    } finally {
      discard(temporary);
    }
  }

  /**
   * Makes a folder and its parents, if they are not there.
   *
   * @throws HeadlightException (OUTPUT) naming the folder and why it cannot be made
   */
  public static Path createFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, e);
    }
  }

  /** Deletes the temporary files of writes still under way, for a process that is told to end. */
  public static void discardUnfinished() {
    UNFINISHED.forEach(AtomicFiles::discard);
  }

  /**
   * One sentence for a failed write.
   *
   * @param file what should have been written
   */
  public static HeadlightException cannotWrite(Path file, IOException cause) {
    return new HeadlightException(
        HeadlightException.Kind.OUTPUT,
        file + ": cannot be written, " + reason(cause) + "; nothing was left behind.",
        cause);
  }

  private static Path temporary(Path target) throws IOException {
    Path folder = target.getParent();
    Path name = target.getFileName();
    if (folder == null || name == null) {
      throw new NotDirectoryException(target.toString());
    }
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "a folder of this name is there");
    }
    for (int attempt = 0; ; attempt++) {
      // Not createTempFile: that makes files only their owner may read.
      Path temporary =
          folder.resolve("." + name + "." + ProcessHandle.current().pid() + "-" + attempt + ".tmp");
      UNFINISHED.add(temporary);
      try {
        return Files.createFile(temporary);
      } catch (FileAlreadyExistsException e) {
        UNFINISHED.remove(temporary);
        LOG.debug("{} is taken", temporary);
      } catch (IOException e) {
        UNFINISHED.remove(temporary);
        throw e;
      }
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      LOG.debug("no atomic move to {}", target, e);
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
    UNFINISHED.remove(temporary);
  }

  private static void discard(Path temporary) {
    if (temporary != null && UNFINISHED.remove(temporary)) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        LOG.warn("cannot delete {}", temporary, e);
      }
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist: make it first";
    }
    if (e instanceof AccessDeniedException) {
      return "no right to write there: choose another folder or change its permissions";
    }
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "a file is where a folder is needed: choose another folder";
    }
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    if (text != null && text.contains("No space left")) {
      return "the disk is full: free some space or choose another folder";
    }
    return text == null ? e.getClass().getSimpleName() : text;
  }
}
