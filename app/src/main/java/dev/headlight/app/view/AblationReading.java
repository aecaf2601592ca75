package dev.headlight.app.view;

import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.app.ablation.AblationChoice;
import dev.headlight.app.ablation.AblationPictures;
import dev.headlight.app.ablation.AblationState;
import dev.headlight.app.ablation.ReadOn;
import dev.headlight.app.engine.PromptSource;
import dev.headlight.app.view.pairs.PairBuilder;
import java.nio.file.Path;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** What is read, and on what: a metric, its answers, the prompts or pairs. */
final class AblationReading extends VBox {
  private static final double ANSWER = 200;

  private final AblationDesk desk;
  private final PairBuilder pairs;
  private final MenuButton metric = Ui.tool(new MenuButton());
  private final MenuButton on = Ui.tool(new MenuButton());
  private final TextField answer = field("answer: the likeliest");
  private final TextField wrong = field("wrong: the next likeliest");
  private final Label counted = Ui.label("", "dim");

  AblationReading(AblationDesk desk, PairBuilder pairs) {
    super(8);
    this.desk = desk;
    this.pairs = pairs;
    metric.setAccessibleText("What is read");
    for (AblationMetric each : AblationMetric.values()) {
      metric
          .getItems()
          .add(
              Menus.item(
                  Ui.sentence(AblationPictures.title(each)),
                  "",
                  () -> choose(choice().with(each))));
    }
    on.setAccessibleText("What it is read on");
    on.setTooltip(new Tooltip("The prompts that the metric is read on; changes are means"));
    on.getItems()
        .addAll(
            Menus.item("This prompt", "", () -> choose(choice().with(ReadOn.PROMPT))),
            Menus.item("Pairs, with their answers", "", () -> choose(choice().with(ReadOn.PAIRS))),
            Menus.item("Prompt library", "", () -> from(PromptSource.LIBRARY)),
            Menus.item("A file, one prompt a line …", "", this::fromFile));
    FlowPane row = new FlowPane(6, 6, Ui.label("Read", "dim"), metric, Ui.label("on", "dim"), on);
    row.getChildren().addAll(answer, wrong, counted);
    row.setRowValignment(VPos.CENTER);
    getChildren().addAll(row, pairs);
    desk.whenChanged(this::update);
    update();
  }

  private TextField field(String prompt) {
    TextField field = new TextField();
    field.setPromptText(prompt);
    field.setAccessibleText(prompt);
    field.getStyleClass().add("compare-field");
    field.setPrefWidth(ANSWER);
    field.setOnAction(e -> answered());
    field
        .focusedProperty()
        .addListener(
            (o, old, now) -> {
              if (!now) {
                answered();
              }
            });
    return field;
  }

  private AblationChoice choice() {
    return desk.state().choice();
  }

  private void choose(AblationChoice now) {
    desk.choose(now);
  }

  private void answered() {
    if (desk.state() != null) {
      desk.choose(choice().withAnswers(answer.getText(), wrong.getText()));
    }
  }

  private void from(PromptSource source) {
    choose(choice().with(ReadOn.of(source)));
  }

  private void fromFile() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Prompts, one a line");
    Optional<Path> file = desk.context().actions().openFile(chooser);
    file.ifPresent(path -> from(PromptSource.of(path)));
  }

  private void update() {
    AblationState state = desk.state();
    if (state == null) {
      return;
    }
    AblationChoice choice = state.choice();
    metric.setText(Ui.sentence(AblationPictures.title(choice.metric())));
    metric.setTooltip(new Tooltip(Ui.sentence(choice.metric().formula())));
    on.setText(choice.on().title());
    boolean own = !choice.on().pairs();
    Ui.show(answer, own && choice.metric().needsAnswers());
    Ui.show(wrong, own && choice.metric().needsAnswers());
    text(answer, choice.answer());
    text(wrong, choice.wrong());
    Ui.show(pairs, choice.on().pairs());
    int ready = state.asked().pairs().size();
    int all = desk.pairDesk().pairs().size();
    counted.setText(
        ready == all
            ? Ui.count(ready, "pair")
            : "%d of %d pairs can be read".formatted(ready, all));
    Ui.show(counted, choice.on().pairs());
  }

  private static void text(TextField field, String text) {
    if (!field.isFocused() && !field.getText().equals(text)) {
      field.setText(text);
    }
  }
}
