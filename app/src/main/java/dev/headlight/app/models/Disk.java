package dev.headlight.app.models;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Room on a disk. */
final class Disk {
  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);

  private Disk() {}

  /** Bytes that may be written to a folder. */
  static long free(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      LOG.debug("nobody knows how much room {} has", folder, e);
      return Long.MAX_VALUE;
    }
  }

  /** Refuses a download for which there is no room. */
  static void require(Path folder, long bytes, ToLongFunction<Path> room) {
    long free = room.applyAsLong(folder);
    if (free < bytes) {
      throw new HeadlightException(
          Kind.OUTPUT,
          "%s: %s are needed and %s free; make room or choose another folder."
              .formatted(folder, text(bytes), text(free)));
    }
  }

  static boolean full(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left")
        || String.valueOf(e.getMessage()).contains("not enough space");
  }

  /** Bytes for people, in decimal units as the hub has them. */
  static String text(long bytes) {
    if (bytes < 1_000_000) {
      return "%d kB".formatted((bytes + 999) / 1000);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
