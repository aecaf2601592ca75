package dev.headlight.app.view;

import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** One score in a table of scores: name, bar, number with its unit. */
final class ScoreRow {
  private final String title;
  private final Bar bar = new Bar();
  private final Label value = Ui.figure("");

  ScoreRow(GridPane table, int row, String title, String formula) {
    this.title = title;
    Label name = Ui.label(title, "dim");
    name.setTooltip(new Tooltip(formula));
    name.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
    table.addRow(row, name, bar, value);
  }

  static GridPane table() {
    GridPane table = new GridPane();
    table.setHgap(8);
    table.setVgap(5);
    ColumnConstraints grow = new ColumnConstraints();
    grow.setHgrow(Priority.ALWAYS);
    ColumnConstraints right = new ColumnConstraints();
    right.setHalignment(HPos.RIGHT);
    table.getColumnConstraints().setAll(new ColumnConstraints(), grow, right);
    return table;
  }

  void set(double score, double most, String unit) {
    bar.set(score / most);
    value.setText(InspectorPane.number(score) + unit);
    value.setAccessibleText(title + " " + value.getText());
  }
}
