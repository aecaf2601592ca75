package dev.headlight.analysis.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in words what went wrong with a file. */
final class FileProblems {
  private static final Logger LOG = LoggerFactory.getLogger(FileProblems.class);

  private FileProblems() {}

  /** A sentence for a failed read. */
  static String cannotRead(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return path + ": there is no such file; check the path.";
    }
    if (e instanceof AccessDeniedException) {
      return path + ": no right to read it; change its permissions or copy it elsewhere.";
    }
    if (e instanceof ClosedChannelException) {
      return path + ": the model was closed while it was read; open it again.";
    }
    return path + ": cannot be read (" + reason(e) + ").";
  }

  /** A sentence for a failed write. */
  static String cannotWrite(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return path + ": its folder does not exist; make it first.";
    }
    if (e instanceof AccessDeniedException) {
      return path + ": no right to write there; choose another folder.";
    }
    return path
        + ": cannot be written ("
        + reason(e)
        + "); free some space or choose another folder.";
  }

  static void closeQuietly(FileChannel channel) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a file failed", e);
    }
  }

  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("the temporary file {} could not be removed", file, e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
