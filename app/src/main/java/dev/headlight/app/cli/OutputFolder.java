package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a result of several files: they are written into a folder of their own and moved
 * when all are there, so that a full disk or a cancel leaves none of them.
 */
final class OutputFolder {
  private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

  private final Path folder;
  private final Path staging;

  private OutputFolder(Path folder) {
    this.folder = folder;
    staging = folder.resolve(".headlight-" + ProcessHandle.current().pid() + ".tmp");
  }

  /**
   * Fills a folder.
   *
   * @param work writes into the folder it is given and yields what it wrote
   * @return where those files are now
   */
  static List<Path> filled(Path folder, Function<Path, List<Path>> work) {
    return new OutputFolder(folder).fill(work);
  }

  private List<Path> fill(Function<Path, List<Path>> work) {
    List<Path> missing = missing(folder.toAbsolutePath().normalize());
    boolean done = false;
    try {
      AtomicFiles.createFolder(folder);
      AtomicFiles.createFolder(staging);
      List<Path> written = work.apply(staging);
      moveAll();
      done = true;
      return written.stream().map(f -> folder.resolve(staging.relativize(f))).toList();
    } catch (HeadlightException e) {
      throw new HeadlightException(
          e.kind(), e.getMessage().replace(staging.toString(), folder.toString()), e);
    } finally {
      clear();
      if (!done) {
        missing.forEach(OutputFolder::delete);
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

  private void moveAll() {
    for (Path file : staged()) {
      Path target = folder.resolve(staging.relativize(file));
      try {
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw AtomicFiles.cannotWrite(target, e);
      }
    }
  }

  private void clear() {
    if (Files.exists(staging)) {
      staged().forEach(OutputFolder::delete);
      delete(staging);
    }
  }

  private List<Path> staged() {
    try (Stream<Path> files = Files.list(staging)) {
      return files.toList();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(staging, e);
    }
  }

  /** Deletes a file or an empty folder; one that is not empty stays. */
  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("{} stays", path, e);
    }
  }
}
