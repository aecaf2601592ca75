package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions that were opened or saved lately: a text file of their paths, the newest first. */
public final class RecentSessions {
  private static final Logger LOG = LoggerFactory.getLogger(RecentSessions.class);
  private static final int MOST = 10;

  private final Path file;

  /**
   * @param file need not exist
   */
  public RecentSessions(Path file) {
    this.file = file;
  }

  /** Those whose files are still there. */
  public List<Path> list() {
    return all().stream().filter(Files::isRegularFile).toList();
  }

  private List<Path> all() {
    List<Path> paths = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          if (!line.isBlank()) {
            paths.add(Path.of(line));
          }
        }
      }
    } catch (IOException | InvalidPathException e) {
      LOG.warn("{} cannot be read and is ignored: {}", file, e.toString());
    }
    return paths;
  }

  /** Puts one to the top. Losing it is never worth an error. */
  public void add(Path session) {
    List<Path> paths = all();
    paths.remove(session);
    paths.add(0, session);
    List<String> lines = paths.stream().limit(MOST).map(Path::toString).toList();
    try {
      AtomicFiles.createFolder(file.toAbsolutePath().getParent());
      AtomicFiles.writeText(file, String.join("\n", lines) + "\n");
    } catch (HeadlightException e) {
      LOG.warn("{} is not remembered: {}", session, e.getMessage());
    }
  }
}
