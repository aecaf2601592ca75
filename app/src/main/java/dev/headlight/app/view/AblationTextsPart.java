package dev.headlight.app.view;

import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Part;
import dev.headlight.app.ablation.Piece;
import dev.headlight.app.ablation.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What the model writes with all heads and without some, as it is written. */
final class AblationTextsPart extends AblationPart {
  private static final int[] LENGTHS = {16, 32, 64, 128, 256};

  private final MenuButton length = Ui.tool(new MenuButton());
  private final BooleanProperty probabilities = new SimpleBooleanProperty(this, "probabilities");
  private final Label without = Ui.section("");
  private final FlowPane first = text();
  private final FlowPane second = text();
  private final ScrollPane both = AblationTable.scrolled();
  private List<Piece> shownFirst = List.of();

  AblationTextsPart(AblationDesk desk) {
    super(
        desk,
        Part.TEXTS,
        "What it writes",
        "Run writes after the prompt with all heads and without these.",
        "Take a head away first: add one above, or double-click the map.");
    getStyleClass().add("ablation-texts");
    length.setAccessibleText("Tokens of each text");
    for (int count : LENGTHS) {
      length
          .getItems()
          .add(
              Menus.item(
                  count + " tokens",
                  "",
                  () -> desk.set(desk.state().settings().withLength(count))));
    }
    ToggleButton numbers = Ui.tool(new ToggleButton("%"));
    numbers.setAccessibleText("Probabilities under the tokens");
    numbers.setTooltip(new Tooltip("Write under each token how probable it was"));
    numbers.selectedProperty().bindBidirectional(probabilities);
    probabilities.addListener(o -> anew());
    desk.context().memory().keep("probabilities", probabilities);
    beside(numbers, length);
    both.setContent(new VBox(6, Ui.section("Baseline"), first, without, second));
    offerTable("texts", false);
    follow();
  }

  private static FlowPane text() {
    FlowPane text = new FlowPane(0, 2);
    text.getStyleClass().add("ablation-text");
    return text;
  }

  private void anew() {
    shownFirst = List.of();
    redraw();
  }

  @Override
  boolean again() {
    return true;
  }

  @Override
  boolean ready(AblationState state) {
    length.setText(state.settings().length() + " tokens");
    return desk().canWrite();
  }

  @Override
  boolean able() {
    return true; // Whatever metrics are read on, texts follow the prompt at hand.
  }

  @Override
  Node body() {
    return both;
  }

  @Override
  void found(Object answer) {
    Texts texts = (Texts) answer;
    without.setText("Without " + Ui.count(question().heads().size(), "head"));
    boolean[] missing = texts.missing();
    fill(first, texts.baseline(), missing, "ablation-missing", texts.without().isEmpty());
    fill(second, texts.without(), texts.differs(), "ablation-differs", false);
    caption(
        "Greedy. Marked: tokens that the other text has none for. "
            + (probabilities.get()
                ? "Below each: its probability in percent."
                : "Point at one for its probability."),
        "");
  }

  /** While the first text grows nothing of it changes, so only new tokens are added. */
  private void fill(
      FlowPane text, List<Piece> pieces, boolean[] marked, String style, boolean grows) {
    int there = shownFirst.size();
    boolean more =
        grows && there > 0 && there <= pieces.size() && pieces.subList(0, there).equals(shownFirst);
    List<Node> nodes = new ArrayList<>();
    for (int i = more ? there : 0; i < pieces.size(); i++) {
      nodes.add(token(pieces.get(i), marked[i] ? style : ""));
    }
    if (more) {
      text.getChildren().addAll(nodes);
    } else {
      text.getChildren().setAll(nodes);
    }
    if (text == first) {
      shownFirst = grows ? pieces : List.of();
    }
  }

  private Node token(Piece piece, String style) {
    Label label = Ui.label(piece.text().replace("\n", "⏎"));
    if (!style.isEmpty()) {
      label.getStyleClass().add(style);
    }
    label.setOnMouseEntered(
        e ->
            label.setTooltip(
                new Tooltip(
                    "id %d, probability %.1f %%"
                        .formatted(piece.id(), 100 * piece.probability()))));
    if (!probabilities.get()) {
      return label;
    }
    VBox with =
        new VBox(label, Ui.label("%.0f".formatted(100 * piece.probability()), "ablation-percent"));
    with.getStyleClass().add("ablation-token");
    return with;
  }

  /** Whether probabilities stand under tokens. */
  BooleanProperty probabilities() {
    return probabilities;
  }
}
