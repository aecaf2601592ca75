package dev.headlight.app.view.pairs;

import dev.headlight.app.job.FxDelay;
import dev.headlight.app.pairs.PairAsk;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.view.Ui;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * Builds pairs of prompts: clean and corrupt as text, their tokens one under the other, answers by
 * text or by a click, pairs drawn or read from a file. Panes embed it and read {@link #desk}.
 */
public final class PairBuilder extends VBox {
  private static final String EMPTY =
      "Two prompts that differ in what decides the answer: write them above, draw some, or open a"
          + " CSV file.";

  private final PairDesk desk;
  private final PairTools tools;
  private final PairTexts texts;
  private final PairTokens tokens;
  private final PairFixes fixes;
  private final PairAnswerRow answers;
  private final Label empty = Ui.label(EMPTY, "dim");

  /**
   * @param ask how the open model is asked
   * @param saved hears of a file that was written
   */
  public PairBuilder(PairAsk ask, Consumer<Path> saved) {
    super(8);
    desk = new PairDesk(ask, new FxDelay());
    tools = new PairTools(desk, saved, this::edit);
    texts = new PairTexts(desk);
    tokens = new PairTokens(desk);
    fixes = new PairFixes(desk);
    answers = new PairAnswerRow(desk);
    getStyleClass().add("pair-builder");
    empty.setWrapText(true);
    empty.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(tools, texts, empty, tokens, fixes, answers);
    edit(true);
    desk.whenChanged(this::update);
    update();
  }

  /** The pairs, and what can be done with them. */
  public PairDesk desk() {
    return desk;
  }

  /** Tells that another model is open; not able to read text, nothing can be built. */
  public void modelChanged(boolean able) {
    setDisable(!able);
    desk.modelChanged(able);
  }

  /** Shows the fields of text and answers, or the tokens only. */
  public void edit(boolean shown) {
    Ui.show(texts, shown);
    Ui.show(answers, shown);
    tools.setEditing(shown);
  }

  private void update() {
    Optional<PairReading> shown = desk.shown();
    empty.setText(
        desk.seeing()
            ? EMPTY + " Prompts with its placeholder are about the open picture."
            : EMPTY);
    Ui.show(empty, shown.isEmpty());
    Ui.show(tokens, shown.isPresent());
  }
}
