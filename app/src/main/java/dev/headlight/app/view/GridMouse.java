package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** What the mouse does on the grid of all heads. */
final class GridMouse {
  private static final double STEP = 1.25;
  private static final double SLACK = 4;

  private final HeadGrid grid;
  private final HeadChooser chooser;
  private final GridZoom zoom;
  private double pressedX;
  private double pressedY;
  private double lastX;
  private double lastY;
  private boolean banding;
  private Collection<Head> before = List.of();

  GridMouse(HeadGrid grid, HeadChooser chooser, GridZoom zoom) {
    this.grid = grid;
    this.chooser = chooser;
    this.zoom = zoom;
    grid.setOnMouseMoved(e -> grid.hovered.set(grid.at(e.getX(), e.getY()).orElse(null)));
    grid.setOnMouseExited(e -> grid.hovered.set(null));
    grid.setOnMousePressed(this::pressed);
    grid.setOnMouseDragged(this::dragged);
    grid.setOnMouseReleased(this::released);
    grid.setOnMouseClicked(this::clicked);
    grid.setOnScroll(this::wheel);
  }

  private void pressed(MouseEvent e) {
    grid.requestFocus();
    pressedX = e.getX();
    pressedY = e.getY();
    lastX = pressedX;
    lastY = pressedY;
    banding = false;
    e.consume(); // Else the pane takes the focus.
    Optional<Head> head = grid.at(e.getX(), e.getY());
    if (e.getButton() != MouseButton.PRIMARY || head.isEmpty()) {
      return;
    }
    if (e.isShiftDown()) {
      chooser.upTo(head.get(), grid.geometry(), grid.byLayer());
    } else if (!e.isShortcutDown()) {
      chooser.only(head.get());
    }
  }

  private void dragged(MouseEvent e) {
    if (e.getButton() != MouseButton.PRIMARY) {
      grid.scrollTo(grid.scrollX() + lastX - e.getX(), grid.scrollY() + lastY - e.getY());
      lastX = e.getX();
      lastY = e.getY();
      return;
    }
    boolean far = Math.hypot(e.getX() - pressedX, e.getY() - pressedY) > SLACK;
    if (!banding && far && grid.geometry() != null) {
      banding = true;
      before = e.isShortcutDown() ? grid.workbench().meant() : List.of();
    }
    if (banding) {
      grid.band(pressedX, pressedY, e.getX(), e.getY());
      double dx = grid.scrollX() - grid.left();
      double dy = grid.scrollY() - grid.top();
      chooser.band(
          grid.geometry()
              .within(
                  Math.min(pressedX, e.getX()) + dx,
                  Math.min(pressedY, e.getY()) + dy,
                  Math.max(pressedX, e.getX()) + dx,
                  Math.max(pressedY, e.getY()) + dy),
          before);
    }
  }

  private void released(MouseEvent e) {
    grid.band(Double.NaN, 0, 0, 0);
    Optional<Head> head = grid.at(e.getX(), e.getY());
    boolean primary = e.getButton() == MouseButton.PRIMARY;
    if (primary && !banding && e.isShortcutDown() && !e.isShiftDown()) {
      head.ifPresent(chooser::toggle);
    }
    e.consume();
  }

  /** A double click shows one layer, another one all of them. */
  private void clicked(MouseEvent e) {
    boolean twice = e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2;
    if (!twice || banding || e.isShortcutDown() || e.isShiftDown()) {
      return;
    }
    Optional<Head> head = grid.at(e.getX(), e.getY());
    if (zoom.whole() && head.isPresent()) {
      zoom.layer(head.get().layer());
    } else {
      zoom.fit();
    }
  }

  private void wheel(ScrollEvent e) {
    if (e.isInertia()) {
      return;
    }
    if (e.isShiftDown()) {
      // Some systems turn a wheel with Shift sideways by themselves.
      double by = e.getDeltaY() == 0 ? e.getDeltaX() : e.getDeltaY();
      grid.scrollTo(grid.scrollX(), grid.scrollY() - by);
    } else if (e.getDeltaY() == 0) {
      grid.scrollTo(grid.scrollX() - e.getDeltaX(), grid.scrollY());
    } else {
      zoom.by(e.getDeltaY() > 0 ? STEP : 1 / STEP, e.getX(), e.getY());
    }
    e.consume();
  }
}
