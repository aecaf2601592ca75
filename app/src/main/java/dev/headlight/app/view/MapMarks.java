package dev.headlight.app.view;

import dev.headlight.app.workbench.Cell;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;

/** The boxes around the chosen row, column and cell of a map. */
final class MapMarks extends Pane {
  private final Rectangle row = box("row-box");
  private final Rectangle column = box("column-box");
  private final Rectangle cell = box("cell-box");
  private final Rectangle clip = new Rectangle();

  MapMarks() {
    setManaged(false);
    setMouseTransparent(true);
    setClip(clip);
    getChildren().addAll(row, column, cell);
  }

  /** A rectangle that is only drawn. */
  static Rectangle box(String style) {
    Rectangle rectangle = new Rectangle();
    rectangle.setManaged(false);
    rectangle.setMouseTransparent(true);
    rectangle.getStyleClass().add(style);
    return rectangle;
  }

  /** Keeps boxes inside a plot. */
  void inside(MapLayout at) {
    clip.setX(at.x() - 1);
    clip.setY(at.y() - 1);
    clip.setWidth(at.side() + 2);
    clip.setHeight(at.side() + 2);
  }

  /**
   * Shows the boxes.
   *
   * @param query the row; −1 for none
   * @param chosen the cell; null for none
   */
  void show(MapLayout at, MapWindow window, int query, Cell chosen) {
    row.setVisible(query >= 0);
    column.setVisible(chosen != null);
    cell.setVisible(chosen != null);
    if (query >= 0) {
      place(row, at, window, query, 1, 0, window.length());
    }
    if (chosen != null) {
      place(column, at, window, 0, window.length(), chosen.key(), 1);
      place(cell, at, window, chosen.query(), 1, chosen.key(), 1);
    }
  }

  private static void place(
      Rectangle box, MapLayout at, MapWindow window, int row, int rows, int column, int columns) {
    double left = Math.rint(Math.max(at.x(), at.xOf(window, column)));
    double right = Math.rint(Math.min(at.x() + at.side(), at.xOf(window, column + columns)));
    double top = Math.rint(Math.max(at.y(), at.yOf(window, row)));
    double bottom = Math.rint(Math.min(at.y() + at.side(), at.yOf(window, row + rows)));
    box.setX(left - 0.5);
    box.setY(top - 0.5);
    box.setWidth(Math.max(0, right - left + 1));
    box.setHeight(Math.max(0, bottom - top + 1));
  }
}
