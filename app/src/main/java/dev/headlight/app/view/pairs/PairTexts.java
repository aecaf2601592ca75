package dev.headlight.app.view.pairs;

import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairDraft;
import dev.headlight.app.view.Ui;
import java.util.function.BiFunction;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The two prompts as text, side by side. */
final class PairTexts extends HBox {
  private static final int ROWS = 2;

  private final PairDesk desk;
  private final TextArea clean;
  private final TextArea corrupt;

  PairTexts(PairDesk desk) {
    super(12);
    this.desk = desk;
    clean = area("Clean prompt", "pair-clean", PairDraft::withClean);
    corrupt = area("Corrupt prompt", "pair-corrupt", PairDraft::withCorrupt);
    getChildren().addAll(part("Clean", clean), part("Corrupt", corrupt));
    desk.whenChanged(this::update);
    update();
  }

  private TextArea area(String name, String style, BiFunction<PairDraft, String, PairDraft> with) {
    TextArea area = new TextArea();
    area.getStyleClass().addAll("prompt", style);
    area.setAccessibleText(name);
    area.setWrapText(true);
    area.setPrefRowCount(ROWS);
    area.setPrefColumnCount(12);
    area.textProperty().addListener((o, old, now) -> desk.type(with.apply(desk.draft(), now)));
    area.addEventFilter(KeyEvent.KEY_PRESSED, e -> tab(area, e));
    return area;
  }

  /** Tab leaves the field; a prompt has no tabs that could not be pasted. */
  private static void tab(TextArea area, KeyEvent e) {
    if (e.getCode() == KeyCode.TAB && !e.isControlDown()) {
      e.consume();
      area.fireEvent(
          new KeyEvent(
              KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, e.isShiftDown(), true, false, false));
    }
  }

  private static VBox part(String title, Node field) {
    VBox part = new VBox(4, Ui.section(title), field);
    HBox.setHgrow(part, Priority.ALWAYS);
    part.setMinWidth(0);
    return part;
  }

  private void update() {
    show(clean, desk.draft().clean());
    show(corrupt, desk.draft().corrupt());
  }

  private static void show(TextArea area, String text) {
    if (!area.getText().equals(text)) {
      area.setText(text);
    }
  }
}
