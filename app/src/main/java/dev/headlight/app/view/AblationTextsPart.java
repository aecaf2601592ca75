package dev.headlight.app.view;

import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.Piece;
import dev.headlight.app.view.AblationDesk.Ask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** What the model writes with all heads and without some, as it is written. */
final class AblationTextsPart extends RetrievalPart {
  private static final int[] LENGTHS = {16, 32, 64, 128, 256};

  private final AblationDesk desk;
  private final Button run;
  private final MenuButton length;
  private final Label without = Ui.section("");
  private final FlowPane first = text();
  private final FlowPane second = text();
  private final ScrollPane both;
  private final PaneMessage invitation =
      PaneMessage.empty("", "Run writes after the prompt with all heads and without these.");
  private final PaneMessage nothing =
      PaneMessage.empty("", "Take a head away first: add one above, or double-click the map.");
  private int shownFirst;
  private int shownSecond;
  private boolean[] shownDiffers = new boolean[0];

  AblationTextsPart(AblationDesk desk) {
    this(desk, Ui.tool(new MenuButton()), Ui.tool(new Button("Run")));
  }

  private AblationTextsPart(AblationDesk desk, MenuButton length, Button run) {
    super("What it writes", length, run);
    this.desk = desk;
    this.run = run;
    this.length = length;
    getStyleClass().add("ablation-texts");
    length.setAccessibleText("Tokens of each text");
    for (int count : LENGTHS) {
      length.getItems().add(Menus.item(count + " tokens", "", () -> desk.state().length(count)));
    }
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    VBox texts = new VBox(6, Ui.section("Baseline"), first, without, second);
    both = new ScrollPane(texts);
    both.setFitToWidth(true);
    both.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    both.setMinSize(0, 0);
    both.getStyleClass().add("edge-free");
    caption(
        "Greedy. Marked: tokens that the other text has none for; point at one for its probability.",
        "");
    desk.whenChanged(this::update);
    update();
  }

  private static FlowPane text() {
    FlowPane text = new FlowPane(0, 2);
    text.getStyleClass().add("ablation-text");
    return text;
  }

  private void press() {
    if (desk.job(Ask.TEXTS).isPresent()) {
      desk.cancel(Ask.TEXTS);
    } else {
      desk.write();
    }
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    boolean busy = desk.job(Ask.TEXTS).isPresent();
    length.setText(state.length() + " tokens");
    run.setText(busy ? "Stop" : "Run");
    run.setDisable(!busy && (!desk.able() || state.taken().isEmpty()));
    if (state.baseline().isEmpty() && !busy) {
      show(state.taken().isEmpty() ? nothing : invitation);
      return;
    }
    without.setText("Without " + Ui.count(state.writtenWithout().size(), "head"));
    fill(state);
    show(both);
  }

  /** Tokens are added as they come; the second text is made anew only where marks have moved. */
  private void fill(AblationState state) {
    if (state.baseline().size() < shownFirst) {
      first.getChildren().clear();
      shownFirst = 0;
    }
    for (; shownFirst < state.baseline().size(); shownFirst++) {
      first.getChildren().add(token(state.baseline().get(shownFirst), false));
    }
    boolean[] differs = state.differs();
    if (!Arrays.equals(differs, shownDiffers) || state.without().size() != shownSecond) {
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < state.without().size(); i++) {
        nodes.add(token(state.without().get(i), i < differs.length && differs[i]));
      }
      second.getChildren().setAll(nodes);
      shownDiffers = differs;
      shownSecond = state.without().size();
    }
  }

  private static Label token(Piece piece, boolean differs) {
    Label label = Ui.label(piece.text().replace("\n", "⏎"));
    if (differs) {
      label.getStyleClass().add("ablation-differs");
    }
    label.setOnMouseEntered(
        e ->
            label.setTooltip(
                new Tooltip(
                    "id %d, probability %.1f %%"
                        .formatted(piece.id(), 100 * piece.probability()))));
    return label;
  }
}
