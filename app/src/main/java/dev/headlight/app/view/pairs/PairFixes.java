package dev.headlight.app.view.pairs;

import dev.headlight.analysis.pairs.Substitute;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.view.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What is wrong with a pair, and words to take instead of those that do not fit. */
final class PairFixes extends VBox {
  private final PairDesk desk;

  PairFixes(PairDesk desk) {
    super(4);
    this.desk = desk;
    getStyleClass().add("pair-fixes");
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    List<Node> rows = new ArrayList<>();
    if (!desk.problem().isEmpty()) {
      rows.add(said(desk.problem(), "problem"));
    }
    Optional<PairReading> shown = desk.shown();
    shown.ifPresent(pair -> rows.addAll(rows(pair)));
    getChildren().setAll(rows);
    Ui.show(this, !rows.isEmpty());
  }

  private List<Node> rows(PairReading pair) {
    List<Node> rows = new ArrayList<>();
    if (!pair.fixes().isEmpty()) {
      rows.add(said("Activations move between equal lengths only.", "problem"));
    }
    for (PairReading.Fix fix : pair.fixes()) {
      FlowPane row = new FlowPane(4, 4, said(fix.difference().text() + ".", "dim"));
      if (!fix.substitutes().isEmpty()) {
        row.getChildren().add(Ui.label("Take instead:", "dim"));
      }
      fix.substitutes().forEach(s -> row.getChildren().add(button(s)));
      rows.add(row);
    }
    if (!pair.problem().isEmpty()) {
      rows.add(said(Ui.sentence(pair.problem()) + ".", pair.ids().isEmpty() ? "dim" : "problem"));
    }
    return rows;
  }

  private static Label said(String text, String style) {
    Label label = Ui.label(Ui.sentence(text), style);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private Button button(Substitute substitute) {
    Button button = new Button(substitute.from() + " → " + substitute.to());
    button.getStyleClass().addAll("group-chip", "pair-substitute");
    button.setOnAction(e -> desk.substitute(substitute));
    return button;
  }
}
