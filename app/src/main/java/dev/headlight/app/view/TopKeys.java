package dev.headlight.app.view;

import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.RowReadout;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Ticks;
import javafx.beans.InvalidationListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The keys that the selected query attends to most. */
final class TopKeys extends VBox {
  private static final int ROWS = 6;
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final Workbench w;
  private final Label title = Ui.section("");
  private final VBox rows = new VBox();

  TopKeys(Workbench workbench) {
    super(6);
    this.w = workbench;
    rows.getStyleClass().add("rows");
    getChildren().addAll(title, rows);
    InvalidationListener update = o -> update();
    w.row.addListener(update);
    w.run.addListener(update);
    w.key.addListener(update);
    update();
  }

  private void update() {
    RowReadout row = w.row.get();
    RunSnapshot run = w.run.get();
    boolean there = row != null && run != null && row.run() == run.id();
    Ui.show(this, there);
    if (!there) {
      return;
    }
    Tokens tokens = run.tokens();
    title.setText("Query %d “%s” looks at".formatted(row.query(), tokens.label(row.query())));
    rows.getChildren().clear();
    for (int key : row.top(ROWS)) {
      rows.getChildren().add(line(tokens, row, key));
    }
  }

  private HBox line(Tokens tokens, RowReadout row, int key) {
    Label token = Ui.token(tokens.label(key));
    HBox.setHgrow(token, Priority.ALWAYS);
    token.setMaxWidth(Double.MAX_VALUE);
    Label index = Ui.label(Integer.toString(key), "figure", "dim");
    Label weight = Ui.figure(Ticks.format(row.weights()[key]));
    weight.setPrefWidth(64);
    weight.setAlignment(Pos.CENTER_RIGHT);
    HBox line = Ui.row(8, token, index, weight);
    line.getStyleClass().add("line");
    line.pseudoClassStateChanged(SELECTED, key == w.key.get());
    line.setFocusTraversable(true);
    line.setAccessibleText("key " + key + " " + tokens.label(key) + ", weight " + weight.getText());
    line.setOnMousePressed(
        e -> {
          w.lock(new Cell(row.query(), key));
          e.consume(); // Else the scroll pane takes the focus.
        });
    line.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
            w.lock(new Cell(row.query(), key));
          }
        });
    return line;
  }
}
