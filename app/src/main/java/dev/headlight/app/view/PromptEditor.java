package dev.headlight.app.view;

import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.workbench.Workbench;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The prompt as text, and as the tokens it becomes. */
final class PromptEditor extends VBox {
  private static final double CHIPS = 230;
  private final TextArea area = new TextArea();

  PromptEditor(Workbench w) {
    super(8);
    area.setWrapText(true);
    area.setPrefRowCount(4);
    area.setMinHeight(Region.USE_PREF_SIZE);
    area.getStyleClass().add("prompt");
    area.textProperty().bindBidirectional(w.prompt);
    area.setAccessibleText("Prompt");
    Label ids = Ui.label("This model has no tokenizer: the prompt is token ids.", "dim");
    ids.setWrapText(true);
    w.model.addListener((o, old, now) -> Ui.show(ids, now != null && !now.hasTokenizer()));
    Ui.show(ids, false);
    Label problem = Ui.bound(w.promptProblem, "problem");
    problem.setWrapText(true);
    problem.setMinHeight(Region.USE_PREF_SIZE);
    problem.managedProperty().bind(w.promptProblem.isNotEmpty());
    problem.visibleProperty().bind(problem.managedProperty());
    getChildren().addAll(Ui.section("Prompt"), area, ids, problem, chips(w), tools(w));
  }

  private static ScrollPane chips(Workbench w) {
    ScrollPane scroll = new ScrollPane(new TokenChips(w));
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(CHIPS);
    scroll.setMinHeight(40);
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
