package dev.headlight.app.models;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.job.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one file. Its bytes go to {@code NAME.SUM.part} in the same folder, which keeps what there
 * is when the connection is cut or the user cancels, and becomes NAME once its checksum is right.
 */
final class Transfer {
  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 4;
  private static final int NAMED = 12;

  private final HubClient client;
  private final HubFile file;
  private final String path;
  private final Path target;
  private final Path part;
  private final Progress progress;
  private Optional<Checksum> checksum;

  /**
   * @param path of the file on the server
   * @param folder where it goes
   */
  Transfer(HubClient client, HubFile file, String path, Path folder, Progress progress) {
    this.client = client;
    this.file = file;
    this.path = path;
    this.target = folder.resolve(file.name());
    this.checksum = file.checksum();
    String sum = checksum.map(c -> c.hex().substring(0, NAMED)).orElse("unknown");
    this.part = folder.resolve("." + file.name() + "." + sum + ".part");
    this.progress = progress;
  }

  /**
   * Brings the file, unless it is there already and right.
   *
   * @param arrived hears how many bytes there are
   * @param retryMillis pause before going on after a cut
   */
  void run(LongConsumer arrived, long retryMillis) {
    if (there()) {
      arrived.accept(Math.max(0, file.size()));
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        receive(arrived);
        finish();
        return;
      } catch (IOException e) {
        progress.check();
        if (Disk.full(e) || attempt == ATTEMPTS) {
          throw broken(e);
        }
        LOG.info("{}: {}; going on in a moment", file.name(), e.toString());
        pause(retryMillis * attempt);
      }
    }
  }

  private boolean there() {
    try {
      return Files.isRegularFile(target) && checksum.isPresent() && checksum.get().fits(target);
    } catch (IOException e) {
      return false;
    }
  }

  private void receive(LongConsumer arrived) throws IOException {
    if (checksum.isEmpty()) {
      Files.deleteIfExists(part); // Nothing says that what is there belongs to the same file.
    }
    long offset = Files.exists(part) ? Files.size(part) : 0;
    if (offset > 0 && offset == file.size()) {
      return;
    }
    try (HubClient.Answer answer = client.get(file.name(), path, offset)) {
      checksum = checksum.or(answer::checksum);
      if (answer.status() == 416) {
        Files.delete(part);
        throw new IOException("the server has fewer bytes than there are here");
      }
      copy(answer.body(), answer.status() == 206 ? offset : 0, arrived);
    }
    long size = Files.size(part);
    if (file.size() >= 0 && size < file.size()) {
      throw new IOException(
          "the connection ended after %d of %d bytes".formatted(size, file.size()));
    }
  }

  private void copy(InputStream body, long offset, LongConsumer arrived) throws IOException {
    StandardOpenOption how =
        offset > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    byte[] buffer = new byte[BUFFER];
    long size = offset;
    try (Watchdog watchdog = new Watchdog(body, progress);
        OutputStream out =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        progress.check();
        out.write(buffer, 0, read);
        size += read;
        watchdog.alive();
        arrived.accept(size);
      }
    }
  }

  private void finish() throws IOException {
    progress.check();
    if (checksum.isPresent() && !checksum.get().fits(part)) {
      String found = checksum.get().of(part);
      Files.delete(part);
      throw new HeadlightException(
          Kind.INPUT,
          "%s: the checksum should be %s, found %s; what came was thrown away, run it again."
              .formatted(file.name(), checksum.get().hex(), found));
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private HeadlightException broken(IOException e) {
    if (Disk.full(e)) {
      return new HeadlightException(
          Kind.OUTPUT,
          target + ": the disk is full; free some space and run it again, it goes on from there.",
          e);
    }
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new HeadlightException(
        Kind.INPUT,
        "%s: did not come, %s; run it again, it goes on from there.".formatted(file.name(), why),
        e);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
