package dev.headlight.app.view;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Names at the left, values at the right. */
final class Facts extends VBox {
  Facts() {
    super(4);
  }

  /** Adds a row and hands out the label of its value. */
  Label add(String name) {
    Label value = Ui.figure("");
    Label label = Ui.label(name, "dim");
    value.setAccessibleText(name);
    label.setLabelFor(value);
    getChildren().add(Ui.row(8, label, Ui.spacer(), value));
    return value;
  }
}
