package dev.headlight.app.view;

import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;

/** A text field as high as its text, within limits, that takes no binary rubbish. */
final class PromptArea extends TextArea {
  /** Longer texts are not edited in a field: laying them out would hold up the window. */
  static final int LONGEST = 6000;

  private static final double PADDING = 30;
  private static final int MEASURED = 600;

  private final int leastRows;
  private final int mostRows;
  private final Consumer<String> told;
  private final Consumer<String> tooLong;

  /**
   * @param told hears what was done to a pasted text
   * @param tooLong hears the whole text when a paste makes it too long for this field
   */
  PromptArea(int leastRows, int mostRows, Consumer<String> told, Consumer<String> tooLong) {
    this.leastRows = leastRows;
    this.mostRows = mostRows;
    this.told = told;
    this.tooLong = tooLong;
    setWrapText(true);
    setPrefRowCount(leastRows);
    setMinHeight(Region.USE_PREF_SIZE);
    getStyleClass().add("prompt");
    textProperty().addListener(o -> setPrefRowCount(rows()));
    // Widths change within a layout, which would not hear of another height.
    widthProperty().addListener(o -> Platform.runLater(this::fit));
  }

  private void fit() {
    setPrefRowCount(rows());
    if (!isFocused()) {
      setScrollTop(0);
    }
  }

  /** As many rows as the text has; only so much of it is measured as fills the field. */
  private int rows() {
    String all = getText();
    Text text = new Text(all.substring(0, Math.min(MEASURED, all.length())));
    text.setFont(getFont());
    Text one = new Text("x");
    one.setFont(getFont());
    double line = one.getLayoutBounds().getHeight();
    text.setWrappingWidth(Math.max(80, getWidth() - PADDING));
    int rows = (int) Math.ceil(text.getLayoutBounds().getHeight() / line);
    return Math.max(leastRows, Math.min(mostRows, rows));
  }

  @Override
  public void paste() {
    String clip = Clipboard.getSystemClipboard().getString();
    if (clip != null) {
      insert(clip);
    }
  }

  /** Puts a text from outside in place of the selection. */
  void insert(String outside) {
    PastedText pasted = PastedText.of(outside);
    if (!pasted.sentence().isEmpty()) {
      told.accept(pasted.sentence());
    }
    if (pasted.refused()) {
      return;
    }
    if (getLength() - getSelection().getLength() + pasted.text().length() > LONGEST) {
      String all = getText();
      tooLong.accept(
          all.substring(0, getSelection().getStart())
              + pasted.text()
              + all.substring(getSelection().getEnd()));
    } else {
      replaceSelection(pasted.text());
    }
  }
}
