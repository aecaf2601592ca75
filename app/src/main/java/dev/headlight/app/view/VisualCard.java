package dev.headlight.app.view;

import dev.headlight.app.visual.PatchView;
import dev.headlight.renderer.Ticks;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The card beside the pointer: a patch's place, its number and its rank. */
final class VisualCard extends VBox {
  private final Label where = Ui.label("");
  private final Label value = Ui.label("", "card-value");
  private final Label more = Ui.label("", "dim");

  VisualCard() {
    getStyleClass().add("card");
    setManaged(false);
    setMouseTransparent(true);
    setVisible(false);
    getChildren().addAll(where, value, more);
  }

  /**
   * Reads a cell out.
   *
   * @param x of the pointer
   * @param y of the pointer
   * @param width of the room
   * @param height of the room
   */
  void show(PatchView view, int cell, double x, double y, double width, double height) {
    String place = view.cut() ? "tile " + view.tileOf(cell) + ", " : "";
    where.setText(
        "%spatch (%d, %d)  token %d"
            .formatted(place, view.row(cell), view.column(cell), view.token(cell)));
    float shown = view.values()[cell];
    boolean out = Float.isNaN(shown);
    value.setText(out ? "left out" : Ticks.format(shown));
    String rank = out ? "visual sink" : "rank %d of %d".formatted(view.rank(cell), view.count());
    more.setText("raw " + Ticks.format(view.raw()[cell]) + " · " + rank);
    setVisible(true);
    autosize();
    double left = x + 14 + getWidth() > width ? x - 14 - getWidth() : x + 14;
    double top = Math.max(0, Math.min(height - getHeight(), y - getHeight() - 8));
    relocate(Math.max(0, left), top);
  }
}
