package dev.headlight.app.view;

import dev.headlight.app.dock.Docking;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;

/** The tab of an open pane: its title, its pin, and the drag that moves it. */
final class DockTab extends Tab {
  private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");
  private static final double STILL = 8;

  private final OpenPane pane;
  private final Docking docking;
  private final DropMarker marker;
  private final HBox title = Ui.row(6);
  private Point2D pressed;
  private boolean dragging;

  DockTab(OpenPane pane, Docking docking, DropMarker marker) {
    this.pane = pane;
    this.docking = docking;
    this.marker = marker;
    setId(pane.id());
    setContent(pane.content());
    Label name = Ui.label(pane.title(), "dock-title");
    title.getChildren().addAll(name, pin());
    title.getStyleClass().add("dock-tab");
    Tooltip.install(name, new Tooltip(pane.kind().question()));
    setGraphic(title);
    setOnCloseRequest(
        e -> {
          e.consume();
          docking.close(pane.id());
        });
    title.setOnMousePressed(e -> pressed = new Point2D(e.getSceneX(), e.getSceneY()));
    title.setOnMouseDragged(this::drag);
    title.setOnMouseReleased(this::release);
    docking.active().addListener((o, old, now) -> mark());
    mark();
  }

  /** The pane's id among the open ones. */
  String pane() {
    return pane.id();
  }

  private StackPane pin() {
    StackPane pin = new StackPane(Icon.of("pin"));
    pin.getStyleClass().add("dock-pin");
    Tooltip tip = new Tooltip();
    tip.textProperty()
        .bind(
            Bindings.when(pane.context().pinned())
                .then("Pinned: keeps its own selection. Click to follow the others (P)")
                .otherwise("Pin: keep this selection (P)"));
    Tooltip.install(pin, tip);
    PseudoClass on = PseudoClass.getPseudoClass("pinned");
    pane.context().pinned().addListener((o, old, now) -> pin.pseudoClassStateChanged(on, now));
    pin.pseudoClassStateChanged(on, pane.context().pinned().get());
    pin.setOnMousePressed(MouseEvent::consume);
    pin.setOnMouseClicked(e -> pane.context().pinned().set(!pane.context().pinned().get()));
    return pin;
  }

  private void mark() {
    title.pseudoClassStateChanged(ACTIVE, docking.active().get().equals(pane.id()));
  }

  private void drag(MouseEvent e) {
    if (pressed == null || e.getButton() != MouseButton.PRIMARY) {
      return;
    }
    Point2D now = new Point2D(e.getSceneX(), e.getSceneY());
    dragging |= now.distance(pressed) > STILL;
    if (dragging) {
      marker.show(now);
    }
  }

  private void release(MouseEvent e) {
    boolean dropped = dragging;
    pressed = null;
    dragging = false;
    if (dropped) {
      marker.drop(new Point2D(e.getSceneX(), e.getSceneY()), pane.id());
    }
  }
}
