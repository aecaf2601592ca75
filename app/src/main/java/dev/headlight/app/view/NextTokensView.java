package dev.headlight.app.view;

import dev.headlight.app.engine.ModelFacts;
import dev.headlight.app.engine.NextTokens;
import dev.headlight.app.workbench.Workbench;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the model would write after the selected token. */
final class NextTokensView extends VBox {
  private final Label title = Ui.section("Next token");
  private final Label missing = Ui.label("", "dim");
  private final GridPane table = new GridPane();

  NextTokensView(Workbench w, Actions actions) {
    super(6);
    table.setHgap(8);
    table.setVgap(5);
    ColumnConstraints token = new ColumnConstraints(86);
    ColumnConstraints bar = new ColumnConstraints();
    bar.setHgrow(Priority.ALWAYS);
    ColumnConstraints share = new ColumnConstraints();
    share.setHalignment(HPos.RIGHT);
    table.getColumnConstraints().setAll(token, bar, share);
    Button copy = new Button("Copy");
    copy.getStyleClass().add("status-button");
    copy.setAccessibleText("Copy as command: next tokens");
    copy.setMinWidth(Region.USE_PREF_SIZE);
    copy.setTooltip(new Tooltip("Copy as command: the line that says the same"));
    copy.setOnAction(e -> actions.copies().next());
    getChildren().addAll(Ui.row(8, title, Ui.spacer(), copy), missing, table);
    missing.setWrapText(true);
    w.next.addListener((o, old, now) -> show(w.model.get(), now));
    w.model.addListener((o, old, now) -> show(now, w.next.get()));
    show(w.model.get(), w.next.get());
  }

  private void show(ModelFacts model, NextTokens next) {
    table.getChildren().clear();
    boolean without = model != null && !model.spec().hasLogits();
    setVisible(next != null || without);
    Ui.show(missing, without);
    if (without) {
      title.setText("Next token");
      missing.setText("No next-token head: " + model.spec().architecture() + " predicts no words.");
    }
    if (without || model == null || next == null) {
      return;
    }
    title.setText(
        model.spec().causal()
            ? "Next token after " + next.position()
            : model.spec().pooled() ? "Class" : "Word expected at " + next.position());
    int row = 0;
    for (NextTokens.Candidate candidate : next.candidates()) {
      Bar bar = new Bar();
      bar.set(candidate.probability());
      Label share = Ui.figure(HeadWords.percent(candidate.probability()));
      table.addRow(row++, Ui.token(candidate.label()), bar, share);
    }
  }
}
