package dev.headlight.app.workbench;

import dev.headlight.app.job.Delay;
import dev.headlight.app.session.History;
import dev.headlight.app.session.Selection;
import dev.headlight.app.session.SessionState;
import dev.headlight.app.session.ViewState;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/**
 * Notes every change of the user's in a history, and goes back in it. What follows by itself (a new
 * pass selects its last query) belongs to the change that it follows.
 */
public final class Undo {
  /** Changes that one gesture makes together come within this time. */
  private static final int TOGETHER_MS = 10;

  private final Workbench w;
  private final WorkbenchState state;
  private final InstantSource clock;
  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");
  private History history;

  /** The pass whose cell has been noted. */
  private long settled = -1;

  private boolean modelChanged;

  /**
   * @param workbench whose changes are noted from now on
   * @param delay waits for the changes of one gesture
   */
  public Undo(Workbench workbench, Delay delay, InstantSource clock) {
    this.w = workbench;
    this.clock = clock;
    this.state = new WorkbenchState(workbench);
    this.history = new History(state.capture(), "New session", clock);
    state.whenChanged(() -> delay.after(this, TOGETHER_MS, this::note));
    w.model.addListener((o, old, now) -> modelChanged |= now != null);
    w.run.addListener((o, old, now) -> delay.after(this, TOGETHER_MS, this::note));
  }

  /** Grows with each change of the history. */
  public ReadOnlyLongProperty revision() {
    return revision.getReadOnlyProperty();
  }

  /** What was done, and where we are in it. */
  public History history() {
    return history;
  }

  /** The present state, with what has not been noted yet. */
  public SessionState present() {
    note();
    return history.state();
  }

  private void note() {
    boolean known = w.run.get() != null && !w.stale.get() && w.nextCell.get() == null;
    SessionState former = history.state();
    SessionState now = state.capture();
    if (!known) {
      Selection cell = former.selection();
      now = now.withSelection(now.selection().at(cell.query(), cell.key()));
    }
    if (modelChanged) {
      modelChanged = false;
      opened(now);
    } else if (known && w.run.get().id() != settled && onlyCell(former, now)) {
      history.settle(now);
      revision.set(revision.get() + 1);
    } else if (history.record(now)) {
      revision.set(revision.get() + 1);
    } else if (!now.equals(former)) {
      history.settle(now); // Panes were arranged.
      revision.set(revision.get() + 1);
    }
    settled = known ? w.run.get().id() : settled;
  }

  private static boolean onlyCell(SessionState a, SessionState b) {
    Selection there = a.selection();
    return !a.equals(b) && a.equals(b.withSelection(b.selection().at(there.query(), there.key())));
  }

  private void opened(SessionState now) {
    String title = "Open " + w.model.get().name();
    if (history.entries().size() == 1) {
      history = new History(now, title, clock);
    } else {
      history.begin(now, title);
    }
    revision.set(revision.get() + 1);
  }

  /** The present state is the first: what is remembered from another window cannot be undone. */
  public void begin() {
    history = new History(state.capture(), "New session", clock);
    revision.set(revision.get() + 1);
  }

  /** Forgets what was done. */
  public void restart(SessionState first, String title) {
    state.apply(first);
    history = new History(first, title, clock);
    modelChanged = false;
    revision.set(revision.get() + 1);
  }

  /** Goes on with what was done before. */
  public void resume(History.Saved saved) {
    history = new History(saved, clock);
    modelChanged = false;
    state.apply(saved.state());
    revision.set(revision.get() + 1);
  }

  /** One change back. */
  public void undo() {
    note();
    show(history.undo());
  }

  /** One change forward again. */
  public void redo() {
    note();
    show(history.redo());
  }

  /**
   * To any state of the history.
   *
   * @param index of its entries
   */
  public void goTo(int index) {
    note();
    if (index < history.entries().size()) {
      show(history.goTo(index));
    }
  }

  private void show(SessionState past) {
    state.apply(past.withView(new ViewState("", past.view().settings())));
    revision.set(revision.get() + 1);
  }
}
