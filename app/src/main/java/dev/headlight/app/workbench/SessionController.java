package dev.headlight.app.workbench;

import com.google.gson.JsonElement;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.scores.ScoreJob;
import dev.headlight.app.engine.HeadEffect;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.engine.RunEffect;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.session.Compared;
import dev.headlight.app.session.ExportedFigure;
import dev.headlight.app.session.Measurements;
import dev.headlight.app.session.ModelCheck;
import dev.headlight.app.session.ModelReference;
import dev.headlight.app.session.Numbers;
import dev.headlight.app.session.Results;
import dev.headlight.app.session.Selection;
import dev.headlight.app.session.Session;
import dev.headlight.app.session.SessionFile;
import dev.headlight.app.session.SessionLock;
import dev.headlight.app.session.SessionReader;
import dev.headlight.app.session.SessionState;
import dev.headlight.app.session.Shelf;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a window: what was done in it, the file it is kept in, and what is not saved yet.
 * Files are read and written by a runner of their own.
 */
public final class SessionController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionController.class);

  /** Larger weights are read for their checksum only when the session is saved: 8 GiB. */
  private static final long MOST_HASHED = 8L << 30;

  private final Workbench w;
  private final Undo undo;
  private final JobRunner files;
  private final Keeper keeper;
  private final Consumer<Path> used;
  private final ReadOnlyObjectWrapper<Path> file = new ReadOnlyObjectWrapper<>(this, "file");
  private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper(this, "dirty");
  private Supplier<Optional<RunEffect>> effect = Optional::empty;
  private Optional<SessionLock> lock = Optional.empty();
  private ModelReference model = ModelReference.none();

  /** The model whose checksum was asked for. */
  private String hashing = "";

  private List<ExportedFigure> exports = List.of();
  private Results results = Results.none();
  private SessionState savedState;
  private List<ExportedFigure> savedExports = List.of();

  /** Revision of the panes' findings that the file holds, and that {@link #results} hold. */
  private long savedFindings;

  private long notedFindings;

  /**
   * A session that is to be gone on with.
   *
   * @param session as it was read
   * @param file it is saved to; empty for none yet
   * @param lock of that file; empty where it may only be read
   * @param saved whether the file holds all of it
   */
  public record Resumed(
      Session session, Optional<Path> file, Optional<SessionLock> lock, boolean saved) {}

  /**
   * @param controller of the same workbench: its exports belong to the session
   * @param files reads and writes
   * @param keeper keeps what is not saved
   * @param used hears of each file that was opened or saved
   */
  public SessionController(
      Workbench workbench,
      WorkbenchController controller,
      Undo undo,
      JobRunner files,
      Keeper keeper,
      Consumer<Path> used) {
    this.w = workbench;
    this.undo = undo;
    this.files = files;
    this.keeper = keeper;
    this.used = used;
    this.savedState = undo.history().state();
    controller.onExport(this::exported);
    undo.revision().addListener((o, old, now) -> changed());
    w.findings.revision().addListener((o, old, now) -> changed());
    w.model.addListener((o, old, now) -> modelChanged(now));
  }

  /** The file of the session; null before it was saved. */
  public ReadOnlyObjectProperty<Path> file() {
    return file.getReadOnlyProperty();
  }

  /** Whether there is something that is not in the file. */
  public ReadOnlyBooleanProperty dirty() {
    return dirty.getReadOnlyProperty();
  }

  /** What was done. */
  public Undo undo() {
    return undo;
  }

  /** Whether {@link #save(Path)} may write the session's own file. */
  public boolean writable() {
    return file.get() != null && lock.isPresent();
  }

  /** Names what knows the effect of the comparison on view. */
  public void setEffect(Supplier<Optional<RunEffect>> now) {
    effect = now;
  }

  /** All of it as a value. */
  public Session session() {
    undo.present();
    return new Session(model, undo.history().saved(), exports, results);
  }

  private void exported(ExportedFigure figure) {
    exports = Session.plus(exports, figure);
    changed();
  }

  private void modelChanged(ModelFacts now) {
    if (now != null && !now.source().reference().equals(model.reference())) {
      model = new ModelReference(now.source().reference(), now.name(), "");
      hashing = "";
      results = results.without(Measurements.OF_PANES);
      w.findings.hold(Map.of());
    }
  }

  /** Looking at another cell is nothing to be saved. */
  private static SessionState worth(SessionState state) {
    return state.withSelection(state.selection().at(Selection.NONE, Selection.NONE));
  }

  private void changed() {
    if (file.get() == null && undo.history().entries().size() == 1) {
      savedState = undo.history().state();
    }
    boolean same =
        savedState != null
            && worth(savedState).equals(worth(undo.history().state()))
            && savedExports.equals(exports)
            && savedFindings == findings();
    dirty.set(!same);
    if (!same) {
      keep();
      noteWeights();
    }
  }

  private long findings() {
    return w.findings.revision().get();
  }

  private void keep() {
    if (notedFindings != findings()) {
      noteMeasured();
    }
    keeper.keep(kept(), Optional.ofNullable(file.get()));
  }

  /** What is kept says of which weights it is too, once they have been read in the background. */
  private void noteWeights() {
    ModelFacts facts = w.model.get();
    boolean known = !model.sha256().isEmpty() || model.reference().equals(hashing);
    if (facts == null || known || facts.residency().diskBytes() > MOST_HASHED) {
      return;
    }
    String reference = model.reference();
    hashing = reference;
    files.submit(
        Job.of("Checksum of the weights", p -> ModelCheck.sha256(facts.source(), p)),
        sha256 -> {
          if (model.reference().equals(reference) && model.sha256().isEmpty()) {
            model = model.withSha256(sha256);
            if (dirty.get()) {
              keep();
            }
          }
        },
        failure -> LOG.info("the weights of {} cannot be read: {}", reference, failure.toString()));
  }

  private Session kept() {
    return new Session(model, undo.history().saved(), exports, results);
  }

  /** Begins another session with what is on view; the former one is kept, saved or not. */
  public void begin() {
    SessionState now = undo.present();
    leave();
    model = model.reference().isEmpty() ? model : model.withSha256("");
    hashing = "";
    exports = List.of();
    results = Results.none();
    w.findings.hold(Map.of());
    savedExports = exports;
    savedFindings = findings();
    file.set(null);
    undo.restart(now.withCompared(Compared.none()).withGroups(List.of()), "New session");
  }

  /** Goes on with a session whose model is open. */
  public void resume(Resumed resumed) {
    leave();
    Session session = resumed.session();
    lock = resumed.lock();
    model = session.model();
    exports = session.exports();
    results = session.results();
    savedState = resumed.saved() ? session.state() : null;
    savedExports = exports;
    file.set(resumed.file().orElse(null));
    restoreScores();
    savedFindings = findings();
    notedFindings = savedFindings;
    SortedMap<String, JsonElement> held = new TreeMap<>(results.documents());
    held.keySet().retainAll(Measurements.OF_PANES);
    w.findings.hold(held);
    undo.resume(session.history());
    changed();
    resumed.file().ifPresent(used);
  }

  /** The same with a session that a window left unsaved. */
  public void resume(Resumed resumed, Shelf.Slot left) {
    resume(resumed);
    keeper.adopt(left);
    changed();
  }

  private void leave() {
    keeper.leave(dirty.get());
    lock.ifPresent(SessionLock::close);
    lock = Optional.empty();
  }

  /** Writes the session to a file and stays with it. */
  public void save(Path to) {
    Path target = to.toAbsolutePath().normalize();
    boolean same = target.equals(file.get()) && lock.isPresent();
    Optional<SessionLock> taken = same ? lock : SessionLock.take(target);
    if (taken.isEmpty()) {
      w.notice.set(
          new Notice(
              true,
              target
                  + ": is open in another window, or its folder cannot be written; save under"
                  + " another name.",
              ""));
      return;
    }
    noteNumbers();
    noteMeasured();
    Session session = session();
    long found = notedFindings;
    ModelFacts facts = w.model.get();
    files.submit(
        Job.of("Save " + target.getFileName(), p -> write(target, session, facts, p)),
        written -> {
          savedFindings = found;
          saved(target, taken.get(), written, session);
        },
        failure -> {
          if (!same) {
            taken.get().close();
          }
          w.notice.set(Notice.of(failure));
        });
  }

  /** On the thread of files. */
  private static Session write(Path target, Session session, ModelFacts facts, Progress progress) {
    Session whole = session;
    if (session.model().sha256().isEmpty() && facts != null) {
      progress.report(Double.NaN, "reading the weights for their checksum");
      String sha256 = ModelCheck.sha256(facts.source(), progress);
      whole = session.withModel(session.model().withSha256(sha256));
    }
    SessionFile.write(target, whole);
    boolean held = whole.results().arrays().values().stream().anyMatch(a -> a.file().isEmpty());
    return held ? whole.withResults(SessionReader.read(target).session().results()) : whole;
  }

  private void saved(Path target, SessionLock taken, Session written, Session asked) {
    if (lock.filter(l -> l == taken).isEmpty()) {
      lock.ifPresent(SessionLock::close);
      lock = Optional.of(taken);
    }
    if (model.reference().equals(written.model().reference())) {
      model = written.model();
    }
    results = written.results();
    savedState = asked.state();
    savedExports = asked.exports();
    file.set(target);
    changed();
    if (!dirty.get()) {
      keeper.clear();
    }
    used.accept(target);
    w.notice.set(Notice.info("Saved " + target));
  }

  /** The numbers on view, so that a replay can be held against them. */
  private void noteNumbers() {
    RunSnapshot run = w.run.get();
    if (run == null || w.stale.get()) {
      return;
    }
    int position = run.everyPosition() ? w.query.get() : run.length() - 1;
    Optional<NextTokens> next =
        Optional.ofNullable(w.next.get()).filter(n -> n.position() == position);
    Optional<HeadEffect> without =
        Optional.ofNullable(w.without.get())
            .filter(e -> e.run() == run.id() && e.head().equals(w.head.get()));
    results = results.with(Numbers.NAME, Numbers.of(run, next, without, effect.get()));
  }

  /** What took passes of its own: scores of heads, and what panes know. */
  private void noteMeasured() {
    notedFindings = findings();
    List<ScoreJob.Result> scores =
        w.measured.get().results().entrySet().stream()
            .filter(e -> known(e.getKey().scores()).equals(Optional.of(e.getKey())))
            .map(Map.Entry::getValue)
            .sorted(
                Comparator.comparing(r -> r.tables().keySet().stream().sorted().toList().get(0)))
            .toList();
    if (!scores.isEmpty()) {
      results = results.with(Measurements.SCORES, Measurements.scores(scores));
    }
    w.findings.documents().forEach((name, document) -> results = results.with(name, document));
  }

  private static Optional<ScoreJob> known(Collection<String> scores) {
    return KnownScores.job(scores.stream().sorted().toList());
  }

  /** Scores that the session holds need not be measured again. */
  private void restoreScores() {
    ModelFacts facts = w.model.get();
    if (facts == null) {
      return;
    }
    JsonElement document = results.documents().get(Measurements.SCORES);
    int layers = facts.spec().layers();
    for (ScoreJob.Result result : Measurements.scores(document, layers, facts.spec().heads())) {
      known(result.tables().keySet())
          .ifPresent(job -> w.measured.set(w.measured.get().plus(job, result)));
    }
  }

  /** Keeps what is not saved, and gives the file back. */
  @Override
  public void close() {
    undo.present();
    changed();
    leave();
    keeper.close();
    files.close();
  }
}
