package dev.headlight.app.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a session, held by one window at a time. The system takes the lock back when
 * the process ends, however it ends.
 */
public final class SessionLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLock.class);

  /** Locks of this process: opening and closing their files again would give them up. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private SessionLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a session.
   *
   * @return empty where another window holds it, or the folder cannot be written
   */
  public static Optional<SessionLock> take(Path session) {
    Path target = session.toAbsolutePath().normalize();
    Path file = target.resolveSibling("." + target.getFileName() + ".lock");
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    Optional<SessionLock> taken = open(file);
    if (taken.isEmpty()) {
      HELD.remove(file);
    }
    return taken;
  }

  private static Optional<SessionLock> open(Path file) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new SessionLock(file, channel));
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("{} cannot be locked", file, e);
    }
    close(channel);
    return Optional.empty();
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("a lock stays open", e);
    }
  }

  /** Gives the right back; the lock's file goes. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} stays", file, e);
    }
    close(channel);
    HELD.remove(file);
  }
}
