package dev.headlight.app.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where windows keep what is not saved yet, each in a file of its own that it has locked
 * while it lives. A file that nobody holds was left by a window that ended.
 */
public final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  /** Left sessions that are kept. */
  private static final int MOST = 10;

  private static final String DOCUMENT = "autosave";

  private final Path folder;

  /**
   * A session that a window left unsaved.
   *
   * @param file on the shelf
   * @param time of its last change
   * @param title for people
   * @param crashed whether the window ended without saying so
   */
  public record Left(Path file, Instant time, String title, boolean crashed) {}

  /** A file on the shelf that this window holds. */
  public record Slot(Path file, SessionLock lock) {
    /** Takes the file off the shelf. */
    public void clear() {
      delete(file);
    }
  }

  /**
   * @param folder need not exist
   */
  public Shelf(Path folder) {
    this.folder = folder;
  }

  /**
   * A new place.
   *
   * @throws HeadlightException if the folder cannot be written
   */
  public Slot newSlot() {
    AtomicFiles.createFolder(folder);
    return slot(folder.resolve(UUID.randomUUID() + "." + SessionFile.SUFFIX))
        .orElseThrow(
            () ->
                new HeadlightException(
                    HeadlightException.Kind.OUTPUT,
                    folder + ": cannot be written; work that is not saved will not be kept."));
  }

  /** The place of a left session; empty where another window has it now. */
  public Optional<Slot> slot(Path file) {
    return SessionLock.take(file).map(lock -> new Slot(file, lock));
  }

  /** Whether a file stands on this shelf. */
  public boolean holds(Path file) {
    return folder
        .toAbsolutePath()
        .normalize()
        .equals(file.toAbsolutePath().normalize().getParent());
  }

  /**
   * A session as it is kept here.
   *
   * @param origin the file it was opened from or saved to
   * @param ended whether the window says that it ends
   */
  public static Session marked(Session session, Optional<Path> origin, boolean ended) {
    JsonObject mark = new JsonObject();
    origin.ifPresent(file -> mark.addProperty("file", file.toString()));
    mark.addProperty("ended", ended);
    return session.withResults(session.results().with(DOCUMENT, mark));
  }

  /** The file that a kept session belongs to. */
  public static Optional<Path> origin(Session session) {
    return mark(session)
        .map(m -> m.get("file"))
        .filter(f -> f.isJsonPrimitive())
        .map(f -> Path.of(f.getAsString()));
  }

  private static Optional<JsonObject> mark(Session session) {
    JsonElement mark = session.results().documents().get(DOCUMENT);
    return mark == null || !mark.isJsonObject()
        ? Optional.empty()
        : Optional.of(mark.getAsJsonObject());
  }

  private static boolean ended(Session session) {
    return mark(session)
        .map(m -> m.get("ended"))
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsBoolean)
        .orElse(false);
  }

  /** What windows left, the newest first; the oldest of very many are deleted. */
  public List<Left> left() {
    List<Left> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*." + SessionFile.SUFFIX)) {
      for (Path file : files) {
        read(file).ifPresent(found::add);
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      LOG.warn("{} cannot be read", folder, e);
    }
    found.sort(Comparator.comparing(Left::time).reversed());
    found.stream().skip(MOST).forEach(old -> delete(old.file()));
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  private Optional<Left> read(Path file) {
    Optional<Slot> slot = slot(file);
    if (slot.isEmpty()) {
      return Optional.empty(); // A living window has it.
    }
    try {
      Session session = SessionReader.read(file).session();
      Instant time = session.history().entries().get(session.history().position()).time();
      String title =
          origin(session).map(SessionFile::title).orElse("Unsaved: " + session.model().name());
      return Optional.of(new Left(file, time, title, !ended(session)));
    } catch (HeadlightException e) {
      LOG.warn("{}", e.getMessage());
      return Optional.empty();
    } finally {
      slot.get().lock().close();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} stays", file, e);
    }
  }
}
