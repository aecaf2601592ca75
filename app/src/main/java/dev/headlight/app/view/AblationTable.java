package dev.headlight.app.view;

import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** A small table: names at the left, numbers at the right. */
final class AblationTable extends GridPane {
  private int line = 1;

  AblationTable(String... columns) {
    getStyleClass().add("ablation-table");
    setHgap(12);
    setVgap(4);
    setPadding(new Insets(0, 12, 0, 0)); // Beside the bar that scrolls.
    for (int c = 0; c < columns.length; c++) {
      ColumnConstraints width = new ColumnConstraints();
      width.setHgrow(c == 0 ? Priority.ALWAYS : Priority.NEVER);
      width.setHalignment(c == 0 ? HPos.LEFT : HPos.RIGHT);
      getColumnConstraints().add(width);
      Label title = Ui.label(columns[c], "caption");
      title.setMinWidth(c == 0 ? 0 : USE_PREF_SIZE);
      add(title, c, 0);
    }
  }

  /** Adds a row. */
  void row(String name, String... numbers) {
    Label first = Ui.label(name);
    first.setMinWidth(0);
    add(first, 0, line);
    for (int c = 0; c < numbers.length; c++) {
      add(Ui.figure(numbers[c]), c + 1, line);
    }
    line++;
  }

  /** What such tables scroll in. */
  static ScrollPane scrolled() {
    ScrollPane scroll = new ScrollPane();
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setMinSize(0, 0);
    scroll.getStyleClass().add("edge-free");
    return scroll;
  }
}
