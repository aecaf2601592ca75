package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.retrieval.NeedleSettings;
import dev.headlight.app.retrieval.ProbeChoice;
import dev.headlight.app.retrieval.RetrievalState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;

/** What a probe asks: texts, sizes, how it is asked; with what it will cost. */
final class RetrievalProbeForm extends VBox {
  private static final double WIDTH = 400;

  private final RetrievalDesk desk;
  private final Popup popup = new Popup();
  private final TextField lengths = field("Lengths of the prompts, tokens");
  private final TextField depths = field("Depths of the needle, 0 to 1");
  private final CheckBox stories = new CheckBox("In the words that the sample was trained on");
  private final CheckBox chat = new CheckBox("Ask through the chat template");
  private final CheckBox sentence = new CheckBox("The whole sentence counts as the needle");
  private final Label haystack = Ui.label("");
  private final Label needles = Ui.label("");
  private final Label cost = Ui.label("", "caption");
  private final Button run = Ui.tool(new Button("Run"));
  private final GridPane rows = new GridPane();
  private String wrong = "";

  RetrievalProbeForm(RetrievalDesk desk, RetrievalFiles files) {
    super(10);
    this.desk = desk;
    getStyleClass().addAll("card", "retrieval-form");
    setPrefWidth(WIDTH);
    rows.setHgap(10);
    rows.setVgap(8);
    text(0, "Haystack", haystack, () -> files.open("Open a haystack"), this::setHaystack);
    text(1, "Needles", needles, () -> files.open("Open needles", "json"), this::setNeedles);
    rows.add(Ui.label("Lengths", "dim"), 0, 2);
    rows.add(lengths, 1, 2, 3, 1);
    rows.add(Ui.label("Depths", "dim"), 0, 3);
    rows.add(depths, 1, 3, 3, 1);
    cost.setWrapText(true);
    cost.setMinHeight(Region.USE_PREF_SIZE);
    lengths.setOnAction(e -> sizes());
    depths.setOnAction(e -> sizes());
    lengths.focusedProperty().addListener((o, old, now) -> sizes());
    depths.focusedProperty().addListener((o, old, now) -> sizes());
    stories.setOnAction(e -> choose(desk.state().choice().atHand(stories.isSelected())));
    chat.setOnAction(e -> form());
    sentence.setOnAction(e -> form());
    run.setOnAction(
        e -> {
          sizes();
          if (wrong.isEmpty()) {
            popup.hide();
            desk.run();
          }
        });
    getChildren()
        .addAll(
            Ui.section("Probe"), rows, stories, chat, sentence, cost, Ui.row(8, Ui.spacer(), run));
    popup.getContent().add(this);
    popup.setAutoHide(true);
    desk.whenChanged(this::update);
  }

  private static TextField field(String name) {
    TextField field = new TextField();
    field.getStyleClass().add("compare-field");
    field.setAccessibleText(name);
    field.setPrefColumnCount(24);
    return field;
  }

  private void text(
      int row,
      String name,
      Label value,
      Supplier<Optional<Path>> asked,
      java.util.function.Consumer<Optional<Path>> set) {
    Button choose = Ui.tool(new Button("File …"));
    choose.setOnAction(e -> asked.get().ifPresent(file -> set.accept(Optional.of(file))));
    Button own = Ui.tool(new Button("At hand"));
    own.setTooltip(new Tooltip("Those that come with Headlight"));
    own.setOnAction(e -> set.accept(Optional.empty()));
    value.setMaxWidth(Double.MAX_VALUE);
    GridPane.setHgrow(value, javafx.scene.layout.Priority.ALWAYS);
    rows.addRow(row, Ui.label(name, "dim"), value, own, choose);
  }

  private void setHaystack(Optional<Path> file) {
    choose(desk.state().choice().reading(file, desk.state().choice().needles()));
  }

  private void setNeedles(Optional<Path> file) {
    choose(desk.state().choice().reading(desk.state().choice().haystack(), file));
  }

  private void form() {
    NeedleSettings.Span span =
        sentence.isSelected() ? NeedleSettings.Span.SENTENCE : NeedleSettings.Span.ANSWER;
    choose(desk.state().choice().asked(chat.isSelected(), span));
  }

  /** Takes the sizes that are typed, or says what is wrong with them. */
  private void sizes() {
    try {
      ProbeChoice now =
          desk.state()
              .choice()
              .sized(ProbeChoice.lengths(lengths.getText()), ProbeChoice.depths(depths.getText()));
      wrong = "";
      choose(now);
    } catch (HeadlightException e) {
      wrong = e.getMessage();
      update();
    }
  }

  private void choose(ProbeChoice now) {
    if (!now.equals(desk.state().choice())) {
      desk.state().choose(now);
      desk.plan();
    }
    update();
  }

  /** Opens below a node, or closes. */
  void toggle(Node owner) {
    if (popup.isShowing()) {
      popup.hide();
      return;
    }
    ProbeChoice choice = desk.state().choice();
    lengths.setText(ProbeChoice.joined(choice.lengths()));
    depths.setText(ProbeChoice.joined(choice.depths()));
    update();
    Bounds at = owner.localToScreen(owner.getBoundsInLocal());
    popup.show(owner, at.getMinX(), at.getMaxY() + 4);
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    ProbeChoice choice = state.choice();
    boolean world = desk.facts().ownTexts();
    boolean own = world && choice.own();
    haystack.setText(name(choice.haystack(), own ? "stories of the sample" : "built-in filler"));
    needles.setText(name(choice.needles(), own ? "three of its world" : "three of our own"));
    Ui.show(stories, world);
    stories.setSelected(own && choice.haystack().isEmpty() && choice.needles().isEmpty());
    chat.setSelected(choice.chat());
    chat.setDisable(!desk.facts().hasChatTemplate());
    sentence.setSelected(choice.span() == NeedleSettings.Span.SENTENCE);
    boolean bad = !wrong.isEmpty() || (state.plan() != null && !state.plan().ready());
    cost.getStyleClass().setAll("label", bad ? "problem" : "caption");
    cost.setText(
        Ui.sentence(
            !wrong.isEmpty()
                ? wrong
                : state.plan() == null ? "Estimating …" : state.plan().text()));
    run.setDisable(bad || state.phase() == RetrievalState.Phase.RUNNING);
  }

  private static String name(Optional<Path> file, String otherwise) {
    return file.map(f -> String.valueOf(f.getFileName())).orElse(otherwise);
  }
}
