package dev.headlight.app.view;

import dev.headlight.app.dock.DockLayout;
import dev.headlight.app.dock.DockNode;
import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.DockNode.Split;
import dev.headlight.app.dock.Docking;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;

/** Draws the layout of the open panes and keeps their contents while they move. */
final class DockView extends StackPane {
  private final Workbench w;
  private final Docking docking;
  private final Services services;
  private final DropMarker marker;
  private final Map<String, OpenPane> open = new HashMap<>();
  private final List<DockGroup> groups = new ArrayList<>();
  private Node shown;
  private DockLayout drawn;

  DockView(Workbench workbench, Docking docking, Services services) {
    this.w = workbench;
    this.docking = docking;
    this.services = services;
    this.marker = new DropMarker(docking, () -> groups);
    getStyleClass().add("dock");
    setMinSize(0, 0);
    docking.layout().addListener((o, old, now) -> draw(now));
    draw(docking.layout().get());
  }

  /** The pane that menus and keys mean. */
  Optional<OpenPane> active() {
    return Optional.ofNullable(open.get(docking.active().get()));
  }

  /** Lets every pane follow the shared selection. */
  void unpinAll() {
    open.values().forEach(pane -> pane.context().pinned().set(false));
  }

  /** Remembers where the user drags a divider; what a resize does to it is not a choice. */
  private void keepPosition(SplitPane pane) {
    pane.getDividers()
        .get(0)
        .positionProperty()
        .addListener(
            (o, old, now) -> {
              if (pane.isPressed()) {
                docking.layout().set(new DockLayout(measured(drawn.root(), shown)));
              }
            });
  }

  private static DockNode measured(DockNode node, Node view) {
    if (node instanceof Split s && view instanceof SplitPane pane && pane.getItems().size() == 2) {
      return new Split(
          s.across(),
          pane.getDividerPositions()[0],
          measured(s.first(), pane.getItems().get(0)),
          measured(s.second(), pane.getItems().get(1)));
    }
    return node;
  }

  private void draw(DockLayout now) {
    if (drawn != null && sameTabs(drawn.root(), now.root())) {
      drawn = now;
      groups.forEach(g -> now.inFront().stream().filter(g.panes()::contains).forEach(g::select));
      return;
    }
    drawn = now;
    List<String> wanted = now.panes();
    List<List<String>> kept = now.root().groups().stream().map(Group::panes).toList();
    List<DockGroup> gone = groups.stream().filter(g -> !kept.contains(g.panes())).toList();
    groups.removeAll(gone);
    gone.forEach(g -> g.getTabs().clear());
    open.keySet().stream().filter(id -> !wanted.contains(id)).toList().forEach(this::close);
    shown = node(now.root());
    getChildren().setAll(shown, marker);
  }

  private static boolean sameTabs(DockNode a, DockNode b) {
    if (a instanceof Split s && b instanceof Split t) {
      return s.across() == t.across()
          && sameTabs(s.first(), t.first())
          && sameTabs(s.second(), t.second());
    }
    return a instanceof Group g && b instanceof Group h && g.panes().equals(h.panes());
  }

  private Node node(DockNode node) {
    if (node instanceof Split s) {
      SplitPane pane = new SplitPane(node(s.first()), node(s.second()));
      pane.setOrientation(s.across() ? Orientation.HORIZONTAL : Orientation.VERTICAL);
      pane.setDividerPositions(s.position());
      pane.setMinSize(0, 0);
      keepPosition(pane);
      return pane;
    }
    return group((Group) node);
  }

  private Node group(Group group) {
    if (group.panes().isEmpty()) {
      Button[] verbs =
          Panes.all().stream()
              .map(p -> PaneMessage.verb(p.title(), () -> open(p.id())))
              .toArray(Button[]::new);
      return PaneMessage.empty("No pane is open", "Open one, here or in the View menu.", verbs);
    }
    Optional<DockGroup> unchanged =
        groups.stream().filter(g -> g.panes().equals(group.panes())).findFirst();
    if (unchanged.isPresent()) {
      unchanged.get().select(group.selected());
      return unchanged.get();
    }
    List<DockTab> tabs =
        group.panes().stream()
            .map(id -> open.computeIfAbsent(id, i -> OpenPane.open(i, w, services)))
            .map(p -> new DockTab(p, docking, marker))
            .toList();
    DockGroup view = new DockGroup(group, tabs, docking);
    groups.add(view);
    return view;
  }

  private void close(String id) {
    open.remove(id).context().close();
  }

  /** Opens a pane where there is most room, or brings it to the front. */
  void open(String pane) {
    String near =
        groups.stream()
            .max(Comparator.comparingDouble(g -> g.getWidth() * g.getHeight()))
            .map(DockGroup::front)
            .orElse("");
    docking.open(pane, near);
    focusActive();
  }

  /** What an open pane shows. */
  Optional<Node> content(String pane) {
    return Optional.ofNullable(open.get(pane)).map(OpenPane::content);
  }

  /**
   * What the figures and tables of one head are of: the active pane if it shows a head, else the
   * first one that follows the shared selection.
   */
  Optional<HeadView> shownHead() {
    Stream<OpenPane> following =
        open.values().stream()
            .filter(pane -> !pane.context().pinned().get())
            .sorted(Comparator.comparing(OpenPane::id));
    return Stream.concat(active().stream(), following)
        .map(OpenPane::content)
        .filter(HeadPane.class::isInstance)
        .map(content -> ((HeadPane) content).view())
        .findFirst();
  }

  /** Moves the keyboard into the active pane. */
  void focusActive() {
    active().map(OpenPane::content).ifPresent(DockView::focus);
  }

  /** A content that has just been opened is in the scene from the next layout on. */
  private static void focus(Node content) {
    if (content.getScene() != null) {
      content.requestFocus();
      return;
    }
    content
        .sceneProperty()
        .addListener(
            new InvalidationListener() {
              @Override
              public void invalidated(Observable scene) {
                content.sceneProperty().removeListener(this);
                Platform.runLater(content::requestFocus);
              }
            });
  }
}
