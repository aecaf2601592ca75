package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.session.ModelCheck;
import dev.headlight.app.session.ModelReference;
import dev.headlight.app.session.Results;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.SessionLock;
import dev.headlight.app.session.SessionReader;
import dev.headlight.app.session.Shelf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens sessions: reads the file, finds its model, makes sure that the weights are the same, and
 * only then leaves the former session. Whatever stops it on the way, nothing has changed.
 */
public final class SessionOpener {
  /** What only the user can answer. */
  public interface Asker {
    /**
     * Asks for a model's folder.
     *
     * @param why the one of the session is not there
     * @return empty to leave it
     */
    Optional<Path> model(String why);

    /**
     * Asks whether a model with other weights shall be used all the same.
     *
     * @param why it is not the session's
     */
    boolean otherWeights(String why);
  }

  private final Workbench w;
  private final WorkbenchController models;
  private final SessionController sessions;
  private final JobRunner files;
  private final Function<String, ModelSource> resolve;
  private final Optional<Shelf> shelf;
  private final Asker asker;

  /** What is being opened. */
  private record Read(
      Path file,
      Session session,
      List<String> notes,
      Optional<SessionLock> lock,
      Optional<Shelf.Slot> slot) {
    void drop() {
      lock.ifPresent(SessionLock::close);
      slot.ifPresent(s -> s.lock().close());
    }
  }

  /** Whether a model will do. */
  private record Found(boolean there, Optional<String> problem, String sha256) {}

  /**
   * @param files reads
   * @param resolve finds the model of a reference
   * @param shelf where windows leave sessions that are not saved
   */
  public SessionOpener(
      Workbench workbench,
      WorkbenchController models,
      SessionController sessions,
      JobRunner files,
      Function<String, ModelSource> resolve,
      Optional<Shelf> shelf,
      Asker asker) {
    this.w = workbench;
    this.models = models;
    this.sessions = sessions;
    this.files = files;
    this.resolve = resolve;
    this.shelf = shelf;
    this.asker = asker;
  }

  /** Opens a session, also one that a window left unsaved. */
  public void open(Path session) {
    Path file = session.toAbsolutePath().normalize();
    if (file.equals(sessions.file().get())) {
      w.notice.set(Notice.info(file + " is open already."));
      return;
    }
    files.submit(Job.of("Open " + file.getFileName(), p -> read(file)), this::find, this::failed);
  }

  /** Opens what a window left that ended without saying so; does nothing where there is none. */
  public void recover() {
    files.submit(
        Job.of("Look for unsaved sessions", p -> shelf.map(Shelf::left).orElse(List.of())),
        left ->
            left.stream().filter(Shelf.Left::crashed).findFirst().ifPresent(l -> open(l.file())),
        this::failed);
  }

  private Read read(Path file) {
    SessionReader.Opened opened = SessionReader.read(file);
    List<String> notes = new ArrayList<>(opened.problems());
    if (shelf.isEmpty() || !shelf.get().holds(file)) {
      Optional<SessionLock> lock = SessionLock.take(file);
      if (lock.isEmpty()) {
        notes.add(readOnly(file));
      }
      return new Read(file, opened.session(), notes, lock, Optional.empty());
    }
    Shelf.Slot slot =
        shelf
            .get()
            .slot(file)
            .orElseThrow(
                () ->
                    new HeadlightException(
                        HeadlightException.Kind.INPUT, "another window has this session already."));
    Optional<Path> origin = Shelf.origin(opened.session());
    Optional<SessionLock> lock = origin.flatMap(SessionLock::take);
    notes.add(
        "This session was not saved when its window ended; it is as it was"
            + origin.map(o -> ", and belongs to " + o).orElse("")
            + ".");
    return new Read(
        lock.isPresent() ? origin.get() : file, opened.session(), notes, lock, Optional.of(slot));
  }

  private static String readOnly(Path file) {
    return file
        + " is open in another window, or its folder cannot be written: it is read here, and saving"
        + " asks for another name.";
  }

  /** Finds the model as the session names it. */
  private void find(Read read) {
    String reference = read.session().model().reference();
    if (reference.isEmpty()) {
      resume(read);
      return;
    }
    check(read, reference);
  }

  private void check(Read read, String reference) {
    ModelReference wanted = read.session().model();
    files.submit(
        Job.of("Check the model of the session", p -> found(wanted, reference, p)),
        found -> decide(read, reference, found),
        failure -> {
          read.drop();
          failed(failure);
        });
  }

  /** On the thread of files; the weights are read where the session knows their checksum. */
  private Found found(ModelReference wanted, String reference, Progress progress) {
    try {
      ModelSource source = resolve.apply(reference);
      if (!Files.exists(source.location().get())) {
        return missing(wanted, reference + ": there is no such folder");
      }
      if (wanted.sha256().isEmpty()) {
        return new Found(true, Optional.empty(), "");
      }
      String sha256 = ModelCheck.sha256(source, progress);
      return new Found(true, ModelCheck.otherWeights(wanted, sha256, reference), sha256);
    } catch (HeadlightException e) {
      return missing(wanted, e.getMessage());
    }
  }

  private static Found missing(ModelReference wanted, String why) {
    String plain = why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
    return new Found(
        false, Optional.of("The session's model %s: %s.".formatted(wanted.name(), plain)), "");
  }

  private void decide(Read read, String reference, Found found) {
    if (!found.there()) {
      asker
          .model(found.problem().orElse(""))
          .ifPresentOrElse(
              folder -> check(read, ModelSource.of(folder).reference()), () -> leave(read));
    } else if (found.problem().isPresent() && !asker.otherWeights(found.problem().get() + ".")) {
      leave(read);
    } else {
      ModelReference model =
          new ModelReference(reference, read.session().model().name(), found.sha256());
      Session session = read.session().withModel(model);
      boolean same = found.problem().isEmpty();
      Results results = session.results();
      show(
          new Read(
              read.file(),
              same ? session : session.withResults(results.without(Measurements.NAMES)),
              read.notes(),
              read.lock(),
              read.slot()));
    }
  }

  private void show(Read read) {
    String reference = read.session().model().reference();
    boolean there = w.model.get() != null && w.model.get().source().reference().equals(reference);
    if (there && w.opening.get().isEmpty()) {
      resume(read);
      return;
    }
    models.open(resolve.apply(reference), () -> resume(read), read::drop);
  }

  private void resume(Read read) {
    boolean saved = read.slot().isEmpty();
    Optional<Path> file =
        saved || read.lock().isPresent() ? Optional.of(read.file()) : Optional.empty();
    SessionController.Resumed resumed =
        new SessionController.Resumed(read.session(), file, read.lock(), saved);
    if (read.slot().isPresent()) {
      sessions.resume(resumed, read.slot().get());
    } else {
      sessions.resume(resumed);
    }
    if (!read.notes().isEmpty()) {
      w.notice.set(new Notice(true, String.join(" ", read.notes()), ""));
    }
  }

  private void leave(Read read) {
    read.drop();
    w.notice.set(
        Notice.info(read.file() + " was not opened: its model is not there. Nothing has changed."));
  }

  private void failed(Throwable failure) {
    w.notice.set(Notice.of(failure));
  }
}
