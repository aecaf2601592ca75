package dev.headlight.app.view;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A few sentences for beginners, one at a time; closed once, they never return by themselves. */
final class HintBar extends HBox {
  private final List<String> hints;
  private final Label text = Ui.label("");
  private final Button next = Ui.tool(new Button("Next hint"));
  private int at;

  /**
   * @param shown whether they are shown; closing them sets it
   */
  HintBar(BooleanProperty shown) {
    super(12);
    this.hints =
        List.of(
            "Click a thumbnail: the map shows that head, and every pane follows.",
            "Move over the map for exact weights; a click keeps a cell, Esc lets it go.",
            KeyText.of("Shortcut+P") + " finds every command, model, prompt and head.",
            "Every result can be copied as the command line that makes it again.");
    getStyleClass().addAll("notice", "hint");
    setMaxHeight(Region.USE_PREF_SIZE);
    text.setWrapText(true);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    next.setOnAction(e -> show(at + 1));
    Button close = Ui.tool(new Button("Got it"));
    close.setOnAction(e -> shown.set(false));
    close.setAccessibleText("Close the hints for good");
    getChildren().addAll(text, next, close);
    shown.addListener((o, old, now) -> Ui.show(this, now));
    Ui.show(this, shown.get());
    show(0);
  }

  private void show(int index) {
    at = index % hints.size();
    text.setText("Hint " + (at + 1) + " of " + hints.size() + ": " + hints.get(at));
    setAccessibleText(text.getText());
  }
}
