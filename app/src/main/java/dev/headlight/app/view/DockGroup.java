package dev.headlight.app.view;

import dev.headlight.app.dock.DockNode.Group;
import dev.headlight.app.dock.Docking;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.input.MouseEvent;

/** Panes as tabs over one another. */
final class DockGroup extends TabPane {
  /** Narrower, not even the tools of a pane would have room. */
  private static final double LEAST = 226;

  private final Docking docking;
  private boolean building = true;

  DockGroup(Group group, List<DockTab> tabs, Docking docking) {
    this.docking = docking;
    getStyleClass().add("dock-group");
    setTabClosingPolicy(TabClosingPolicy.ALL_TABS);
    setMinSize(LEAST, 0);
    getTabs().setAll(tabs);
    select(group.selected());
    getSelectionModel().selectedItemProperty().addListener((o, old, now) -> activate());
    addEventFilter(MouseEvent.MOUSE_PRESSED, e -> activate());
    focusWithinProperty()
        .addListener(
            (o, old, now) -> {
              if (now) {
                activate();
              }
            });
    building = false;
  }

  private void activate() {
    if (!building && !getTabs().isEmpty() && getScene() != null) {
      docking.activate(front());
    }
  }

  /** Brings a pane's tab to the front. */
  void select(String pane) {
    getTabs().stream()
        .filter(t -> ((DockTab) t).pane().equals(pane))
        .findFirst()
        .ifPresent(getSelectionModel()::select);
  }

  /** The pane in front. */
  String front() {
    return ((DockTab) getSelectionModel().getSelectedItem()).pane();
  }

  List<String> panes() {
    return getTabs().stream().map(t -> ((DockTab) t).pane()).toList();
  }

  double headerHeight() {
    Node header = lookup(".tab-header-area");
    return header == null ? 0 : header.getLayoutBounds().getHeight();
  }

  /** Which place among the tabs a point of the scene means. */
  int indexAt(double sceneX) {
    int index = 0;
    for (javafx.scene.control.Tab tab : getTabs()) {
      Bounds b = tab.getGraphic().localToScene(tab.getGraphic().getLayoutBounds());
      if (sceneX > b.getCenterX()) {
        index++;
      }
    }
    return index;
  }
}
