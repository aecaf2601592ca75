package dev.headlight.app.view;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Lays one thing at a time over the window. Escape or a click beside it closes it, and the keyboard
 * goes back to where it was.
 */
final class Overlay extends StackPane {
  private static final double TOP = 56;
  private static final double MARGIN = 24;

  private Node before;

  Overlay() {
    setAlignment(Pos.TOP_CENTER);
    setPadding(new Insets(TOP, MARGIN, MARGIN, MARGIN));
    getStyleClass().add("overlay");
    setVisible(false);
    setOnMousePressed(
        e -> {
          if (e.getTarget() == this) {
            close();
          }
        });
    addEventFilter(KeyEvent.KEY_PRESSED, this::key);
  }

  private void key(KeyEvent e) {
    if (e.getCode() == KeyCode.ESCAPE) {
      close();
      e.consume();
    } else if (e.getCode() == KeyCode.TAB) {
      e.consume(); // The keyboard stays in what lies above.
    }
  }

  /**
   * Shows something in place of what was shown.
   *
   * @param focus takes the keyboard
   */
  void show(Region content, Node focus) {
    if (!isVisible()) {
      before = getScene().getFocusOwner();
    }
    getChildren().setAll(content);
    setVisible(true);
    focus.requestFocus();
  }

  /** Takes away what is shown. */
  void close() {
    if (!isVisible()) {
      return;
    }
    setVisible(false);
    getChildren().clear();
    if (before != null && before.getScene() == getScene()) {
      before.requestFocus();
    }
    before = null;
  }
}
