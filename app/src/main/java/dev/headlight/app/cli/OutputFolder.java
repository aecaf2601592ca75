package dev.headlight.app.cli;

import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the folder of a result, and takes it away again when no result came. */
final class OutputFolder {
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

  private OutputFolder() {}

  /** What {@code work} yields; folders made for it go if it fails and leaves them empty. */
  static <T> T filled(Path folder, Function<Path, T> work) {
    List<Path> missing = missing(folder.toAbsolutePath().normalize());
    boolean done = false;
    try {
      T result = work.apply(AtomicFiles.createFolder(folder));
      done = true;
      return result;
    } finally {
      if (!done) {
        missing.forEach(OutputFolder::deleteEmpty);
      }
    }
  }

  /** The folders to make, the deepest first. */
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder; at != null && Files.notExists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  private static void deleteEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debug("{} stays", folder, e);
    }
  }
}
