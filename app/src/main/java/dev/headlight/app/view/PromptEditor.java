package dev.headlight.app.view;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.workbench.Workbench;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/** The prompt as text, and as the tokens it becomes. */
final class PromptEditor extends VBox {
  private static final double LEAST_CHIPS = 110;
  private static final double PADDING = 30;
  private static final int LEAST_ROWS = 3;
  private static final int MOST_ROWS = 7;
  private final TextArea area = new TextArea();

  PromptEditor(Workbench w) {
    super(8);
    area.setWrapText(true);
    area.setMinHeight(Region.USE_PREF_SIZE);
    area.textProperty().addListener(o -> area.setPrefRowCount(rows()));
    area.widthProperty().addListener(o -> area.setPrefRowCount(rows()));
    area.getStyleClass().add("prompt");
    area.textProperty().bindBidirectional(w.prompt);
    area.setAccessibleText("Prompt");
    Label ids = Ui.label("This model has no tokenizer: the prompt is token ids.", "dim");
    ids.setWrapText(true);
    w.model.addListener((o, old, now) -> Ui.show(ids, now != null && !now.hasTokenizer()));
    Ui.show(ids, w.model.get() != null && !w.model.get().hasTokenizer());
    Label problem = Ui.bound(w.promptProblem.map(Ui::sentence), "problem");
    problem.setWrapText(true);
    problem.setMinHeight(Region.USE_PREF_SIZE);
    problem.managedProperty().bind(w.promptProblem.isNotEmpty());
    problem.visibleProperty().bind(problem.managedProperty());
    getChildren().addAll(Ui.section("Prompt"), area, ids, problem, chips(w), tools(w));
  }

  /** As many rows as the text has, within limits. */
  private int rows() {
    Text text = new Text(area.getText());
    text.setFont(area.getFont());
    double line = text.getLayoutBounds().getHeight() / Math.max(1, area.getText().lines().count());
    text.setWrappingWidth(Math.max(80, area.getWidth() - PADDING));
    int rows = (int) Math.ceil(text.getLayoutBounds().getHeight() / line);
    return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, rows));
  }

  private static ScrollPane chips(Workbench w) {
    TokenChips chips = new TokenChips(w);
    ScrollPane scroll = new ScrollPane(chips);
    scroll.setFitToWidth(true);
    scroll.setMinHeight(LEAST_CHIPS);
    scroll.prefHeightProperty().bind(Bindings.max(LEAST_CHIPS, chips.heightProperty().add(4)));
    scroll.getStyleClass().addAll("edge-free", "chip-box");
    return scroll;
  }

  private static HBox tools(Workbench w) {
    MenuButton bos = Menus.choice(w.bos, Bos.values(), PromptEditor::name);
    bos.setAccessibleText("Beginning-of-sequence token");
    bos.visibleProperty().bind(w.model.map(m -> m.hasTokenizer()).orElse(false));
    Label count = Ui.bound(w.tokens.map(PromptEditor::count).orElse(""), "dim");
    count.setMinWidth(Region.USE_PREF_SIZE);
    return Ui.row(8, bos, Ui.spacer(), count);
  }

  private static String count(Tokens tokens) {
    return tokens.size() + " tok";
  }

  private static String name(Bos bos) {
    return switch (bos) {
      case DEFAULT -> "BOS as the tokenizer";
      case ON -> "BOS on";
      case OFF -> "BOS off";
    };
  }

  /** Puts the caret into the prompt. */
  void edit() {
    area.requestFocus();
  }
}
