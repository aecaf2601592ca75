package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.Workbench;
import javafx.scene.input.KeyEvent;

/** What the keys do on the grid of all heads. */
final class GridKeys {
  private static final double STEP = 1.25;

  private final HeadGrid grid;
  private final HeadChooser chooser;
  private final GridZoom zoom;
  private final Workbench w;

  GridKeys(HeadGrid grid, HeadChooser chooser, GridZoom zoom) {
    this.grid = grid;
    this.chooser = chooser;
    this.zoom = zoom;
    this.w = grid.workbench();
    grid.setOnKeyPressed(this::pressed);
  }

  private void pressed(KeyEvent e) {
    if (e.isAltDown() || grid.geometry() == null) {
      return;
    }
    if (e.isShortcutDown()) {
      if (e.getCode() == javafx.scene.input.KeyCode.A) {
        w.choose(grid.heads().matching());
        e.consume();
      }
      return;
    }
    switch (e.getCode()) {
      case LEFT -> move(e, 0, -1);
      case RIGHT -> move(e, 0, 1);
      case UP -> move(e, -1, 0);
      case DOWN -> move(e, 1, 0);
      case PAGE_UP -> layer(-1);
      case PAGE_DOWN -> layer(1);
      case HOME -> to(e, 0);
      case END -> to(e, grid.geometry().heads().size() - 1);
      case SPACE -> toggle();
      case ENTER -> enter();
      case ESCAPE -> leave();
      case PLUS, ADD, EQUALS -> zoomBy(STEP);
      case MINUS, SUBTRACT -> zoomBy(1 / STEP);
      case DIGIT0, NUMPAD0 -> zoom.fit();
      default -> {
        return;
      }
    }
    e.consume();
  }

  private void move(KeyEvent e, int rows, int across) {
    Head from = w.head.get();
    if (grid.byLayer() && !e.isShiftDown()) {
      w.moveHead(rows, across);
    } else {
      select(e, grid.geometry().moved(from, rows, across));
    }
  }

  private void to(KeyEvent e, int slot) {
    if (slot >= 0 && slot < grid.geometry().heads().size()) {
      select(e, grid.geometry().heads().get(slot));
    }
  }

  /** With Shift, all from the head where it began. */
  private void select(KeyEvent e, Head head) {
    if (e.isShiftDown()) {
      chooser.upTo(head, grid.geometry(), grid.byLayer());
      w.head.set(head);
    } else {
      chooser.only(head);
    }
  }

  private void layer(int by) {
    w.moveHead(by, 0);
  }

  private void toggle() {
    if (w.head.get() != null) {
      chooser.mark(w.head.get());
    }
  }

  private void enter() {
    if (zoom.whole() && w.head.get() != null) {
      zoom.layer(w.head.get().layer());
    } else {
      zoom.fit();
    }
  }

  private void leave() {
    if (!w.chosen.get().isEmpty()) {
      w.choose(java.util.Set.of());
    } else {
      zoom.fit();
    }
  }

  private void zoomBy(double times) {
    Head head = w.head.get();
    if (grid.geometry().slot(head) < 0) {
      zoom.by(times, grid.getWidth() / 2, grid.getHeight() / 2);
    } else {
      double[] at = grid.centre(head);
      zoom.by(times, at[0], at[1]);
    }
  }
}
