package dev.headlight.app.view;

import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** Mouse and keys on the map: read, lock, zoom, pan, move. */
final class MapInput {
  private static final double NOTCH = 1.0018;

  private final Workbench w;
  private final HeatmapView view;
  private Point2D pressed;
  private MapWindow pressedWindow;

  MapInput(Workbench workbench, HeatmapView view) {
    this.w = workbench;
    this.view = view;
    view.setOnMouseMoved(this::hover);
    view.setOnMouseExited(e -> w.hover.set(null));
    view.setOnMousePressed(this::press);
    view.setOnMouseDragged(this::drag);
    view.setOnMouseReleased(this::release);
    view.setOnScroll(this::scroll);
    view.setOnKeyPressed(this::key);
  }

  private void hover(MouseEvent e) {
    w.hover.set(view.ready() ? view.tokensAt(e.getX(), e.getY()).orElse(null) : null);
  }

  private void press(MouseEvent e) {
    view.requestFocus();
    pressed = new Point2D(e.getX(), e.getY());
    pressedWindow = view.window();
  }

  private void drag(MouseEvent e) {
    if (view.ready() && pressedWindow != null && !view.window().whole()) {
      double perPixel = view.window().span() / view.plot().side();
      view.show(
          pressedWindow.moved(
              (pressed.getY() - e.getY()) * perPixel, (pressed.getX() - e.getX()) * perPixel));
    }
  }

  private void release(MouseEvent e) {
    if (!view.ready() || e.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (e.getClickCount() == 2) {
      view.fit();
    } else if (e.isStillSincePress()) {
      view.tokensAt(e.getX(), e.getY()).ifPresent(w::lock);
    }
  }

  private void scroll(ScrollEvent e) {
    if (view.ready() && !e.isInertia()) {
      double factor = Math.pow(NOTCH, e.getDeltaY());
      MapWindow now = view.window();
      view.show(
          now.zoomed(factor, view.plot().row(now, e.getY()), view.plot().column(now, e.getX())));
      e.consume();
    }
  }

  private void key(KeyEvent e) {
    switch (e.getCode()) {
      case LEFT -> move(0, -1);
      case RIGHT -> move(0, 1);
      case UP -> move(-1, 0);
      case DOWN -> move(1, 0);
      case PAGE_UP -> w.moveHead(-1, 0);
      case PAGE_DOWN -> w.moveHead(1, 0);
      case ESCAPE -> w.unlock();
      case PLUS, ADD, EQUALS -> view.zoom(1.5);
      case MINUS, SUBTRACT -> view.zoom(1 / 1.5);
      case DIGIT0, NUMPAD0 -> view.fit();
      default -> {
        return;
      }
    }
    e.consume();
  }

  /** By rows and columns of the map, which may be words. */
  private void move(int rows, int columns) {
    PlotMap map = view.map();
    if (map == null || map.spans() == null) {
      w.moveCell(rows, columns);
      return;
    }
    int last = map.length() - 1;
    int row = map.of(Math.max(0, w.query.get()));
    boolean start = w.key.get() == Workbench.NONE;
    int column = start ? row : map.of(w.key.get()) + columns;
    w.lock(map.tokens(new Cell(clamp(row + rows, last), clamp(column, last))));
  }

  private static int clamp(int value, int last) {
    return Math.max(0, Math.min(last, value));
  }
}
