package dev.headlight.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory the process held at once, looked at every few milliseconds. Pages of mapped files
 * are left out: the system takes them back as soon as something else needs the room. Linux only.
 */
final class MemoryWatch implements AutoCloseable {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int EVERY_MS = 5;

  private final Thread thread;
  private volatile boolean running = true;
  private volatile long peak;

  /** Begins to look. */
  MemoryWatch() {
    peak = anonymous();
    thread = new Thread(this::watch, "memory watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (running) {
        peak = Math.max(peak, anonymous());
        Thread.sleep(EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long anonymous() {
    return field("RssAnon:") + field("RssShmem:");
  }

  /** Most bytes so far, without pages of files. */
  long peak() {
    return peak;
  }

  /** Bytes of a line of the process's status; 0 where the system does not tell. */
  static long field(String name) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.replaceAll("\\D+", "")) << 10;
        }
      }
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
    return 0;
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
