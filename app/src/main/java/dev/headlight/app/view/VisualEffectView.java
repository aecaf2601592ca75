package dev.headlight.app.view;

import dev.headlight.app.visual.Effect;
import dev.headlight.app.visual.Written;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What a change does: the answer, its probability and the text, before and after. */
final class VisualEffectView extends VBox {
  VisualEffectView(Effect e) {
    super(4);
    if (!e.note().isEmpty()) {
      getChildren().add(Ui.wrap(Ui.label("Nothing to do: " + e.note() + ".", "problem")));
      return;
    }
    numbers(e);
    if (e.nothing()) {
      getChildren()
          .add(
              Ui.wrap(
                  Ui.label(
                      "No effect: every number that is read is bit by bit the same.", "problem")));
      return;
    }
    if (e.baseline().any()) {
      texts(e);
    }
  }

  private void numbers(Effect e) {
    String what = e.score() ? "score" : "P(" + e.token() + ")";
    String numbers =
        LayerBars.number(e.before(), e.score()).replace("\u00a0%", "")
            + " → "
            + LayerBars.number(e.after(), e.score());
    Label figure = Ui.figure(numbers);
    if (!e.score()) {
      figure.setTooltip(
          new Tooltip(
              String.format(
                  Locale.ROOT, "KL(before ‖ after) of the next token: %.4g nats", e.kl())));
    }
    getChildren().add(Ui.row(8, Ui.token(what), Ui.spacer(), figure));
    if (!e.score()) {
      Label top = Ui.token(e.top());
      if (!e.top().equals(e.token())) {
        top.getStyleClass().add("visual-other");
      }
      getChildren().add(Ui.row(8, Ui.label("most probable", "dim"), Ui.spacer(), top));
    }
  }

  private void texts(Effect e) {
    boolean differs = e.differs();
    getChildren()
        .addAll(
            Ui.label(differs ? "answer" : "answer, unchanged", "dim"),
            text(e.written(), e.written().differs(e.baseline())));
    if (differs) {
      getChildren()
          .addAll(
              Ui.label("before", "dim"),
              text(e.baseline(), new boolean[e.baseline().ids().length]));
    }
  }

  private static Node text(Written written, boolean[] differs) {
    FlowPane text = new FlowPane(0, 2);
    text.getStyleClass().add("ablation-text");
    for (int i = 0; i < differs.length; i++) {
      String piece = i == 0 ? written.pieces().get(i).stripLeading() : written.pieces().get(i);
      Label label = Ui.label(piece.replace("\n", "⏎"), "token");
      if (differs[i]) {
        label.getStyleClass().add("visual-other");
      }
      text.getChildren().add(label);
    }
    text.setAccessibleText(written.text());
    return text;
  }
}
