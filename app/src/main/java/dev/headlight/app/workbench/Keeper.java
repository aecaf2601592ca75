package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.app.session.Autosave;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.Shelf;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps what a window has not saved, on a shelf of the user's. Not for several threads. */
public final class Keeper implements AutoCloseable {
  private static final long DELAY_MS = 1500;

  private final Optional<Shelf> shelf;
  private final Autosave autosave;
  private final Consumer<RuntimeException> failed;
  private Optional<Shelf.Slot> slot = Optional.empty();
  private Session last;
  private Optional<Path> origin = Optional.empty();
  private boolean told;

  /**
   * @param shelf empty for a window that keeps nothing
   * @param failed hears why nothing is kept, on any thread
   */
  public Keeper(Optional<Shelf> shelf, Consumer<RuntimeException> failed) {
    this(shelf, DELAY_MS, failed);
  }

  /**
   * @param delayMillis between a change and its writing
   */
  Keeper(Optional<Shelf> shelf, long delayMillis, Consumer<RuntimeException> failed) {
    this.shelf = shelf;
    this.failed = failed;
    this.autosave = new Autosave(delayMillis, failed);
  }

  /** Keeps a session soon. */
  void keep(Session session, Optional<Path> file) {
    last = session;
    origin = file;
    if (slot.isEmpty() && shelf.isPresent()) {
      slot = newSlot(shelf.get());
    }
    slot.ifPresent(s -> autosave.save(s.file(), Shelf.marked(session, file, false)));
  }

  private Optional<Shelf.Slot> newSlot(Shelf where) {
    try {
      return Optional.of(where.newSlot());
    } catch (HeadlightException e) {
      if (!told) {
        told = true;
        failed.accept(e);
      }
      return Optional.empty();
    }
  }

  /** Goes on keeping in the place of a session that was left there. */
  void adopt(Shelf.Slot left) {
    slot = Optional.of(left);
  }

  /** Everything is saved. */
  void clear() {
    slot.ifPresent(s -> autosave.after(s::clear));
  }

  /**
   * The session leaves the window.
   *
   * @param unsaved whether it stays on the shelf, to be opened again
   */
  void leave(boolean unsaved) {
    slot.ifPresent(
        s -> {
          if (unsaved && last != null) {
            autosave.save(s.file(), Shelf.marked(last, origin, true));
            autosave.after(() -> s.lock().close());
          } else {
            autosave.after(
                () -> {
                  s.clear();
                  s.lock().close();
                });
          }
        });
    slot = Optional.empty();
    last = null;
  }

  /** Ends, once all is written. */
  @Override
  public void close() {
    autosave.close();
  }
}
