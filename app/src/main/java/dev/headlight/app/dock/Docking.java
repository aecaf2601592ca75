package dev.headlight.app.dock;

import dev.headlight.app.dock.DockNode.Group;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

/**
 * The open panes, the active one among them, and what one can do with it. An id names a kind of
 * pane, or one of several of a kind with a number: {@code head}, {@code head:2}.
 */
public final class Docking {
  private final ObjectProperty<DockLayout> layout;
  private final ReadOnlyStringWrapper active = new ReadOnlyStringWrapper(this, "active", "");
  private final Deque<Closed> closed = new ArrayDeque<>();
  private final DockLayout first;
  private final Predicate<String> several;

  /** A pane that was closed, and one that stood beside it. */
  private record Closed(String pane, String near) {}

  /**
   * @param first the layout of a new window
   * @param several of which kinds more than one may be open
   */
  public Docking(DockLayout first, Predicate<String> several) {
    this.first = first;
    this.several = several;
    this.layout = new SimpleObjectProperty<>(this, "layout", first);
    layout.addListener((o, old, now) -> keepActive(old, now));
    keepActive(first, first);
  }

  /** The kind of a pane. */
  public static String kind(String pane) {
    int colon = pane.indexOf(':');
    return colon < 0 ? pane : pane.substring(0, colon);
  }

  /** Where the panes are. */
  public ObjectProperty<DockLayout> layout() {
    return layout;
  }

  /** The pane that keys and menus mean; empty where none is open. */
  public ReadOnlyStringProperty active() {
    return active.getReadOnlyProperty();
  }

  /** Where the active pane is gone, its neighbour takes over. */
  private void keepActive(DockLayout old, DockLayout now) {
    List<String> front = now.inFront();
    if (!front.contains(active.get())) {
      List<String> beside = old.root().groupOf(active.get()).map(Group::panes).orElse(List.of());
      active.set(
          beside.stream()
              .flatMap(pane -> now.root().groupOf(pane).stream())
              .map(Group::selected)
              .findFirst()
              .orElse(front.isEmpty() ? "" : front.get(0)));
    }
  }

  /** Brings a pane to the front of its group and makes it the active one. */
  public void activate(String pane) {
    if (layout.get().holds(pane)) {
      layout.set(layout.get().select(pane));
      active.set(pane);
    }
  }

  /** Opens a pane as a tab beside another one's, or brings it to the front. */
  public void open(String pane, String near) {
    show(layout.get().open(pane, near), pane);
  }

  /** Opens one more pane of the active one's kind, on a side of it. */
  public void duplicate(Side side) {
    String pane = active.get();
    if (several.test(kind(pane))) {
      String free = free(kind(pane));
      show(layout.get().openBeside(free, pane, side), free);
    }
  }

  private String free(String kind) {
    String id = kind;
    for (int number = 2; layout.get().holds(id); number++) {
      id = kind + ":" + number;
    }
    return id;
  }

  /** Moves the active pane off its group; alone there, one more of its kind is opened. */
  public void split(Side side) {
    String pane = active.get();
    DockLayout moved = layout.get().move(pane, pane, side);
    if (moved.equals(layout.get())) {
      duplicate(side);
    } else {
      show(moved, pane);
    }
  }

  /** Moves a pane, as dragging its tab does. */
  public void move(String pane, String target, Side side) {
    show(layout.get().move(pane, target, side), pane);
  }

  /** Moves a pane to a place among tabs. */
  public void moveInto(String pane, String target, int index) {
    show(layout.get().moveInto(pane, target, index), pane);
  }

  /** Moves the active pane into the next group. */
  public void moveToNextGroup() {
    show(layout.get().moveToNextGroup(active.get()), active.get());
  }

  /** Makes the front pane of the next group the active one. */
  public void nextGroup() {
    List<String> front = layout.get().inFront();
    if (!front.isEmpty()) {
      active.set(front.get((front.indexOf(active.get()) + 1) % front.size()));
    }
  }

  /** Brings a neighbour's tab of the active pane to the front; −1 for the one before. */
  public void nextTab(int step) {
    layout
        .get()
        .root()
        .groupOf(active.get())
        .ifPresent(
            g -> {
              int at = g.panes().indexOf(active.get()) + step;
              activate(g.panes().get(Math.floorMod(at, g.panes().size())));
            });
  }

  /** Closes a pane. */
  public void close(String pane) {
    if (layout.get().holds(pane)) {
      String near =
          layout.get().root().groupOf(pane).orElseThrow().panes().stream()
              .filter(p -> !p.equals(pane))
              .findFirst()
              .orElse("");
      closed.push(new Closed(pane, near));
      layout.set(layout.get().close(pane));
    }
  }

  /** Opens the pane that was closed last. */
  public void reopen() {
    while (!closed.isEmpty()) {
      Closed last = closed.pop();
      if (!layout.get().holds(last.pane())) {
        show(layout.get().open(last.pane(), last.near()), last.pane());
        return;
      }
    }
  }

  /** Back to the layout of a new window. */
  public void reset() {
    layout.set(first);
  }

  private void show(DockLayout now, String pane) {
    layout.set(now);
    activate(pane);
  }
}
