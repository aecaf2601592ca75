package dev.headlight.app.view;

import dev.headlight.app.workbench.Workbench;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Stands for a prompt that is too long to be edited in a field: its ends and its length. */
final class LongPrompt extends VBox {
  private static final int SHOWN = 160;

  private final Label length = Ui.label("", "token");
  private final Label ends = Ui.label("", "dim");

  LongPrompt(Workbench w) {
    super(6);
    getStyleClass().add("long-prompt");
    ends.setWrapText(true);
    ends.setMinHeight(USE_PREF_SIZE);
    Button clear = Ui.tool(new Button("Clear"));
    clear.setOnAction(e -> w.prompt.set(""));
    getChildren().addAll(length, ends, Ui.row(8, Ui.spacer(), clear));
    setAccessibleText("A prompt too long to be edited here");
  }

  void show(String text) {
    length.setText("%,d characters".formatted(text.length()));
    int head = safe(text, SHOWN);
    int tail = safe(text, text.length() - SHOWN);
    ends.setText(text.substring(0, head) + "\n…\n" + text.substring(tail));
  }

  /** A cut that leaves no half of a character. */
  private static int safe(String text, int at) {
    return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
  }
}
