package dev.headlight.app.view;

import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;

/** Finds tokens by text and strong cells by weight. */
final class FindBar extends FlowPane {
  private final Workbench w;
  private final HeadView view;
  private final BooleanProperty asKey = new SimpleBooleanProperty(this, "asKey");
  private final TextField text = new TextField();
  private final TextField least = new TextField();
  private final Label count = Ui.label("", "dim");
  private final Label cells = Ui.label("", "dim");

  /**
   * @param strong goes to the next strong cell
   * @param close hides the bar
   */
  FindBar(Workbench workbench, HeadView headView, StrongSteps strong, Runnable close) {
    super(8, 6);
    this.w = workbench;
    this.view = headView;
    getStyleClass().add("find-bar");
    text.setPromptText("Find a token");
    text.setAccessibleText("Find a token by its text");
    text.getStyleClass().addAll("compare-field", "find-text");
    text.textProperty().bindBidirectional(view.find);
    text.setPrefColumnCount(14);
    least.getStyleClass().add("limit-field");
    least.setPrefColumnCount(4);
    least.setAccessibleText("Least weight of a strong cell");
    ToggleButton key = Ui.tool(new ToggleButton("as key"));
    key.setTooltip(new Tooltip("Go to what is found as a key; else as a query"));
    key.selectedProperty().bindBidirectional(asKey);
    cells.textProperty().bind(strong.note());
    getChildren()
        .addAll(
            Ui.row(
                6,
                text,
                step("‹", "Previous token (Shift+Enter)", () -> go(false)),
                step("›", "Next token (Enter)", () -> go(true)),
                key,
                count),
            Ui.row(
                6,
                Ui.label("cells of at least", "dim"),
                least,
                step("‹", "Next stronger cell (Shift+N)", () -> strong.step(-1)),
                step("›", "Next strong cell (N)", () -> strong.step(1)),
                cells,
                step("×", "Close (Esc)", close)));
    text.setOnKeyPressed(e -> key(e, close));
    least.setOnAction(e -> typed());
    least.setOnKeyPressed(e -> escape(e, close));
    view.threshold.addListener(o -> showLeast());
    InvalidationListener counted = o -> count();
    view.found.addListener(counted);
    w.query.addListener(counted);
    w.key.addListener(counted);
    asKey.addListener(counted);
    showLeast();
    count();
  }

  private static Button step(String sign, String help, Runnable action) {
    Button button = Ui.tool(new Button(sign));
    button.setTooltip(new Tooltip(help));
    button.setAccessibleText(help);
    button.setOnAction(e -> action.run());
    return button;
  }

  private void key(KeyEvent e, Runnable close) {
    if (e.getCode() == KeyCode.ENTER) {
      go(!e.isShiftDown());
      e.consume();
    } else {
      escape(e, close);
    }
  }

  private static void escape(KeyEvent e, Runnable close) {
    if (e.getCode() == KeyCode.ESCAPE) {
      close.run();
      e.consume();
    }
  }

  private void go(boolean forward) {
    view.goToFound(forward, asKey.get());
  }

  private void typed() {
    try {
      double value = Double.parseDouble(least.getText().strip());
      if (value > 0 && value <= 1) {
        view.threshold.set(value);
      }
    } catch (NumberFormatException e) {
      // What cannot be read is put back.
    }
    showLeast();
  }

  private void showLeast() {
    least.setText(String.format(Locale.ROOT, "%.2f", view.threshold.get()));
  }

  private void count() {
    List<Integer> found = view.found.get();
    int at = found.indexOf(asKey.get() ? w.key.get() : w.query.get());
    if (view.find.get().isBlank()) {
      count.setText("");
    } else if (found.isEmpty()) {
      count.setText("not in the prompt");
    } else {
      count.setText(at < 0 ? Ui.count(found.size(), "token") : (at + 1) + " of " + found.size());
    }
  }

  /** Puts the caret into the field. */
  void edit() {
    text.requestFocus();
    text.selectAll();
  }
}
