package dev.headlight.app.workbench;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.JobRunner;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;

/**
 * The workbench as one pane sees it: the shared state, whose selection (head, query, key, pointer)
 * the pane follows until it is pinned; then it keeps a selection of its own with its own answers.
 * Answers are its own too while it shows the mean of some heads.
 */
public final class PaneWorkbench {
  /** Whether the pane keeps its own selection. */
  public final BooleanProperty pinned = new SimpleBooleanProperty(this, "pinned");

  private final Workbench shared;
  private final Workbench own = new Workbench();
  private final HeadAnswers answers;

  /** A mean to show once a model is open. */
  private HeadSet awaited;

  /**
   * @param shared the state of the window
   * @param host answers on the runner's thread
   */
  public PaneWorkbench(Workbench shared, ModelHost host, JobRunner runner) {
    this.shared = shared;
    own.run.addListener((o, old, now) -> keepInside()); // Before the answers ask for its map.
    answers = new HeadAnswers(own, host, runner);
    new TileAnswers(own, host, runner);
    share();
    follow();
    pinned.addListener((o, old, now) -> pin(now));
    own.mean.addListener((o, old, now) -> answer());
    own.model.addListener((o, old, now) -> modelChanged(old, now));
  }

  /** The heads of a mean may not be in another model; in a checkpoint of the same they are. */
  private void modelChanged(ModelFacts old, ModelFacts now) {
    if (old != null && now != null && old.source().grewWith(now.source())) {
      return;
    }
    own.mean.set(null);
    HeadSet later = awaited;
    if (own.model.get() != null && later != null) {
      average(later);
    }
  }

  /** Shows the mean of some heads, once a model is open that has them; null for no mean. */
  void average(HeadSet heads) {
    awaited = null;
    if (heads == null) {
      own.mean.set(null);
    } else if (own.model.get() == null) {
      awaited = heads;
    } else {
      try {
        heads.resolve(own.model.get().spec());
        own.mean.set(heads);
      } catch (HeadlightException e) {
        own.mean.set(null);
      }
    }
  }

  /** The selection that the pane keeps, as text; empty while it follows the others. */
  String pin() {
    return pinned.get() && own.head.get() != null
        ? own.head.get() + " " + own.query.get() + " " + own.key.get()
        : "";
  }

  /** Takes back what {@link #pin()} told; anything else lets the pane follow. */
  void pin(String text) {
    String[] parts = text.split(" ", -1);
    try {
      Head head = Head.parse(parts[0]);
      Cell cell = new Cell(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      pinned.set(true);
      own.head.set(head);
      own.lock(cell);
      keepInside();
    } catch (HeadlightException | NumberFormatException | IndexOutOfBoundsException e) {
      pinned.set(false);
    }
  }

  /** What the pane binds to. */
  public Workbench workbench() {
    return own;
  }

  /** What every pane has in common, pinned or not. */
  private void share() {
    own.prompt.bindBidirectional(shared.prompt);
    own.pictures.bindBidirectional(shared.pictures);
    own.bos.bindBidirectional(shared.bos);
    own.hideSink.bindBidirectional(shared.hideSink);
    own.scale.bindBidirectional(shared.scale);
    own.fitLimits.bindBidirectional(shared.fitLimits);
    own.lines.bindBidirectional(shared.lines);
    own.text.bindBidirectional(shared.text);
    own.limits.bindBidirectional(shared.limits);
    own.gridColour.bindBidirectional(shared.gridColour);
    own.gridOrder.bindBidirectional(shared.gridOrder);
    own.headFilter.bindBidirectional(shared.headFilter);
    own.chosen.bindBidirectional(shared.chosen);
    own.groups.bindBidirectional(shared.groups);
    own.other.bindBidirectional(shared.other);
    own.measured.bindBidirectional(shared.measured);
    own.withoutMode.bindBidirectional(shared.withoutMode);
    own.compared.bindBidirectional(shared.compared);
    own.theme.bindBidirectional(shared.theme);
    own.notice.bindBidirectional(shared.notice);
    own.opening.bind(shared.opening);
    own.model.bind(shared.model);
    own.read.bind(shared.read);
    own.tokens.bind(shared.tokens);
    own.promptProblem.bind(shared.promptProblem);
    own.run.bind(shared.run);
    own.partial.bind(shared.partial);
    own.next.bind(shared.next);
    own.without.bind(shared.without);
  }

  private void follow() {
    own.head.bindBidirectional(shared.head);
    own.query.bindBidirectional(shared.query);
    own.key.bindBidirectional(shared.key);
    own.hover.bindBidirectional(shared.hover);
    answer();
  }

  /** A pane with a selection of its own, or a mean, asks for itself. */
  private void answer() {
    boolean mine = pinned.get() || own.mean.get() != null;
    if (mine) {
      List.<Property<?>>of(own.map, own.row, own.hoverRow).forEach(Property::unbind);
    }
    answers.on(mine);
    if (!mine) {
      own.map.bind(shared.map);
      own.row.bind(shared.row);
      own.hoverRow.bind(shared.hoverRow);
    }
  }

  private void pin(boolean now) {
    if (now) {
      own.head.unbindBidirectional(shared.head);
      own.query.unbindBidirectional(shared.query);
      own.key.unbindBidirectional(shared.key);
      own.hover.unbindBidirectional(shared.hover);
      answer();
    } else {
      follow();
    }
  }

  /** A pinned selection stays inside a model or prompt that has become smaller. */
  private void keepInside() {
    Head head = own.head.get();
    if (!pinned.get() || own.run.get() == null || head == null) {
      return;
    }
    ModelSpec spec = own.run.get().model().spec();
    Head inside =
        new Head(
            Math.min(head.layer(), spec.layers() - 1), Math.min(head.head(), spec.heads() - 1));
    if (!inside.equals(head)) {
      own.head.set(inside);
    }
    int last = own.run.get().length() - 1;
    own.hover.set(null);
    own.query.set(Math.min(last, own.query.get() < 0 ? last : own.query.get()));
    if (own.key.get() > last) {
      own.key.set(Workbench.NONE);
    }
  }

  /** Ends what the pane asked for. */
  public void close() {
    own.mean.set(null);
    pinned.set(false);
  }
}
