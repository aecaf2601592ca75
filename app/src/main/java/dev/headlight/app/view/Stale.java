package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/** Marks what still shows the former prompt while the pass of the new one runs. */
final class Stale {
  /** A quick pass is over before anything need be said. */
  private static final Duration PATIENCE = Duration.millis(200);

  private static final double DIMMED = 0.35;

  private Stale() {}

  /** Dims a node and puts a note over it, while a slow pass runs. */
  static StackPane mark(Workbench w, Node content, ObservableValue<Boolean> stale) {
    ReadOnlyBooleanProperty slow = slow(stale);
    Label note = Ui.label("", "stale-note");
    note.textProperty().bind(w.tokens.map(Stale::text).orElse(""));
    note.visibleProperty().bind(slow);
    note.setMouseTransparent(true);
    content.opacityProperty().bind(slow.map(s -> s ? DIMMED : 1.0));
    StackPane stack = new StackPane(content, note);
    StackPane.setAlignment(content, Pos.TOP_LEFT);
    StackPane.setAlignment(note, Pos.TOP_CENTER);
    return stack;
  }

  private static String text(dev.headlight.analysis.text.Tokens tokens) {
    return "Of the former prompt · running " + Ui.count(tokens.size(), "token");
  }

  /** True once something has been true for a while. */
  static ReadOnlyBooleanProperty slow(ObservableValue<Boolean> value) {
    ReadOnlyBooleanWrapper slow = new ReadOnlyBooleanWrapper();
    PauseTransition pause = new PauseTransition(PATIENCE);
    pause.setOnFinished(e -> slow.set(value.getValue()));
    value.addListener(
        (o, old, now) -> {
          pause.stop();
          if (now) {
            pause.playFromStart();
          } else {
            slow.set(false);
          }
        });
    return slow.getReadOnlyProperty();
  }
}
