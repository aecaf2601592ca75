package dev.headlight.app.view;

import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualState;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** How texts agree with the picture, of models with two towers; a click reads another text. */
final class VisualScorePart extends VBox {
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  private final VisualDesk desk;
  private final VBox rows = new VBox();
  private final Label note = Ui.label("", "caption");

  VisualScorePart(VisualDesk desk) {
    super(6);
    this.desk = desk;
    getStyleClass().add("visual-scores");
    rows.getStyleClass().add("rows");
    Ui.wrap(note);
    getChildren().addAll(Ui.section("Texts against the picture"), rows, note);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    boolean there = looked != null && !looked.agreements().isEmpty();
    Ui.show(this, there);
    if (!there) {
      return;
    }
    List<Looked.Agreement> all =
        looked.agreements().stream().filter(a -> a.picture() == state().picture()).toList();
    rows.getChildren().setAll(all.stream().map(a -> row(a, looked)).toList());
    boolean pairwise = all.get(0).pairwise();
    note.setText(
        "cos: cosine of the two embeddings. Score: cos × scale"
            + (pairwise ? " + bias. P: sigmoid of the score" : ". P: softmax over the texts")
            + "."
            + (all.size() > 1 ? " A click reads another text." : " Write more texts, one a line."));
  }

  private Node row(Looked.Agreement a, Looked looked) {
    Label text = Ui.token(a.label());
    text.setTooltip(new Tooltip(a.label()));
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    String probability = String.format(Locale.ROOT, "%.1f %%", 100 * a.probability());
    Label numbers =
        Ui.label(
            String.format(Locale.ROOT, "cos %.3f · score %.3f", a.cosine(), a.score())
                .replace('-', '−'),
            "caption");
    VBox row = new VBox(1, Ui.row(8, text, Ui.figure(probability)), numbers);
    row.getStyleClass().add("line");
    row.pseudoClassStateChanged(SELECTED, a.text() == looked.at().text());
    row.setAccessibleRole(AccessibleRole.BUTTON);
    row.setAccessibleText(a.label() + ", probability " + probability + ", " + numbers.getText());
    row.setOnMousePressed(
        e -> state().choose(state().choice().with(state().choice().shown().withText(a.text()))));
    return row;
  }
}
