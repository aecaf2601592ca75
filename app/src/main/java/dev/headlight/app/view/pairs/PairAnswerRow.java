package dev.headlight.app.view.pairs;

import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.app.pairs.PairAnswers;
import dev.headlight.app.pairs.PairDesk;
import dev.headlight.app.pairs.PairDraft;
import dev.headlight.app.pairs.PairReading;
import dev.headlight.app.view.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Answer and wrong answer, by text or by a click; and what the model says to the pair. */
final class PairAnswerRow extends VBox {
  private static final String CLICKED = "A token that is clicked becomes this";

  private final PairDesk desk;
  private final ToggleButton setAnswer = Ui.tool(new ToggleButton("Answer"));
  private final ToggleButton setWrong = Ui.tool(new ToggleButton("Wrong"));
  private final TextField answer;
  private final TextField wrong;
  private final Label tokens = Ui.label("", "caption");
  private final Label difference = Ui.label("", "caption");
  private final FlowPane next = new FlowPane(4, 4);

  PairAnswerRow(PairDesk desk) {
    super(8);
    this.desk = desk;
    answer = field("Answer", "pair-answer", PairDraft::withAnswer);
    wrong = field("Wrong answer", "pair-wrong", PairDraft::withWrong);
    ToggleGroup which = new ToggleGroup();
    which.getToggles().setAll(setAnswer, setWrong);
    target(setAnswer, true);
    target(setWrong, false);
    HBox fields =
        Ui.row(
            8,
            Ui.row(4, setAnswer, answer),
            Ui.row(4, setWrong, wrong),
            tokens,
            Ui.spacer(),
            difference);
    difference.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(fields, next);
    desk.whenChanged(this::update);
    update();
  }

  private void target(ToggleButton button, boolean right) {
    button.setTooltip(new Tooltip(CLICKED));
    button.setOnAction(e -> desk.setting(right));
  }

  private TextField field(
      String name, String style, BiFunction<PairDraft, String, PairDraft> with) {
    TextField field = new TextField();
    field.getStyleClass().addAll("compare-field", style);
    field.setAccessibleText(name);
    field.setPrefColumnCount(9);
    field.textProperty().addListener((o, old, now) -> desk.type(with.apply(desk.draft(), now)));
    return field;
  }

  private void update() {
    show(answer, desk.draft().answer());
    show(wrong, desk.draft().wrong());
    setAnswer.setSelected(desk.settingAnswer());
    setWrong.setSelected(!desk.settingAnswer());
    tokens.setText(desk.shown().flatMap(PairReading::ids).map(PairAnswerRow::several).orElse(""));
    PairAnswers known = desk.answers();
    List<Node> nodes = new ArrayList<>();
    if (!known.next().isEmpty()) {
      nodes.add(Ui.label("Next", "dim"));
    }
    known.next().forEach(n -> nodes.add(candidate(n)));
    next.getChildren().setAll(nodes);
    boolean both = known.clean().isPresent() && known.corrupt().isPresent();
    difference.setText(
        both
            ? "logit difference: clean %s, corrupt %s"
                .formatted(
                    signed(known.clean().getAsDouble()), signed(known.corrupt().getAsDouble()))
            : "");
  }

  /** What is said of answers of several tokens. */
  private static String several(TokenPair ids) {
    int most = Math.max(ids.answer().length, ids.wrong().length);
    return most == 1
        ? ""
        : "%d and %d tokens: the first counts, or all summed"
            .formatted(ids.answer().length, ids.wrong().length);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.2f", value).replace('-', '−');
  }

  private Button candidate(PairAnswers.Next token) {
    String share = String.format(Locale.ROOT, "%.1f %%", 100 * token.probability());
    Button button = new Button(token.label() + "  " + share);
    button.getStyleClass().addAll("answer-token", "pair-next");
    button.setTooltip(new Tooltip("Take as " + (desk.settingAnswer() ? "answer" : "wrong answer")));
    button.setDisable(token.text().isBlank());
    button.setOnAction(e -> desk.answer(token.text()));
    return button;
  }

  private static void show(TextField field, String text) {
    if (!field.getText().equals(text)) {
      field.setText(text);
    }
  }
}
