package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.retrieval.SpanFindings;
import dev.headlight.app.retrieval.SpanPrompt.Second;
import dev.headlight.app.view.RetrievalDesk.Ask;
import dev.headlight.app.workbench.Workbench;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the answer reads of its prompt: context, question, turns; of two prompts side by side. */
final class RetrievalSpans extends RetrievalPart {
  private static final String SENTENCE =
      "Mean attention of the queries that write the answer (12 tokens at most) to each part; behind"
          + " it what even attention would give. The question is what follows the last empty line,"
          + " else the last sentence.";

  private final RetrievalDesk desk;
  private final Workbench w;
  private final ObjectProperty<Second> second =
      new SimpleObjectProperty<>(this, "second", Second.TWICE);
  private final TextField own = new TextField();
  private final Button run;
  private final Button reader = Ui.tool(new Button());
  private final GridPane table = new GridPane();
  private final ScrollPane scroll = new ScrollPane(new VBox(table));
  private final PaneMessage none =
      PaneMessage.empty("", "What does the answer to the prompt read of it, and of a second one?");
  private Object shown;

  RetrievalSpans(RetrievalDesk desk) {
    this(desk, Ui.tool(new Button("Run")));
  }

  private RetrievalSpans(RetrievalDesk desk, Button run) {
    super("Parts of the prompt", run);
    this.desk = desk;
    this.w = desk.workbench();
    this.run = run;
    getStyleClass().add("retrieval-spans");
    MenuButton beside = Menus.choice(second, Second.values(), Second::title);
    beside.setAccessibleText("Which prompt stands beside this one");
    beside.setTooltip(new Tooltip("Which prompt stands beside this one"));
    own.getStyleClass().add("compare-field");
    own.setPromptText("The second prompt");
    own.setAccessibleText("The second prompt");
    own.visibleProperty().bind(second.map(Second.OWN::equals));
    own.managedProperty().bind(own.visibleProperty());
    reader.setTooltip(new Tooltip("Selects the head that reads the context most"));
    tools(new FlowPane(6, 6, beside, own, reader));
    run.setOnAction(e -> desk.spans(second.get(), own.getText()));
    second.addListener(o -> update());
    own.textProperty().addListener(o -> update());
    scroll.getStyleClass().add("edge-free");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    table.setHgap(10);
    table.setVgap(6);
    caption(
        SENTENCE,
        "Wang et al. 2024, On the Loss of Context Awareness in General Instruction Fine-tuning;"
            + " read twice: Xu et al. 2023, Re-Reading Improves Reasoning in Large Language Models.");
    w.head.addListener(o -> fill());
    desk.whenChanged(this::update);
    update();
  }

  private void update() {
    if (desk.state() == null) {
      return;
    }
    Job<?> job = desk.job(Ask.SPANS).orElse(null);
    boolean chat = second.get() == Second.CHAT && !desk.facts().hasChatTemplate();
    boolean blank = second.get() == Second.OWN && own.getText().isBlank();
    run.setDisable(job != null || !desk.able() || chat || blank);
    run.setTooltip(chat ? new Tooltip("This model has no chat template") : null);
    SpanFindings now = desk.spans();
    Ui.show(reader, now != null);
    Object next = job != null ? job : now != null ? now : none;
    if (next.equals(shown)) {
      return;
    }
    shown = next;
    if (job != null) {
      show(PaneMessage.busy(job, () -> desk.cancel(Ask.SPANS)));
    } else if (now == null) {
      show(none);
    } else {
      Head most = now.reader(desk.facts().spec());
      reader.setText("Reads the context most: " + most);
      reader.setOnAction(e -> w.head.set(most));
      fill();
      show(scroll);
    }
  }

  private void fill() {
    SpanFindings now = desk.spans();
    if (now == null) {
      return;
    }
    Head head = w.head.get();
    var spec = desk.facts().spec();
    boolean there = head != null && head.layer() < spec.layers() && head.head() < spec.heads();
    table.getChildren().clear();
    columns(now.titles().size());
    int row = 0;
    if (there) {
      row = block(now, Optional.of(head), row);
    }
    block(now, Optional.empty(), row);
  }

  private void columns(int prompts) {
    table.getColumnConstraints().setAll(new ColumnConstraints());
    for (int i = 0; i < prompts; i++) {
      ColumnConstraints bar = new ColumnConstraints();
      bar.setHgrow(Priority.ALWAYS);
      ColumnConstraints number = new ColumnConstraints();
      number.setHalignment(HPos.RIGHT);
      table.getColumnConstraints().addAll(bar, number);
    }
  }

  /** The parts for one head, or for the mean of all. */
  private int block(SpanFindings now, Optional<Head> head, int first) {
    int row = first;
    table.add(Ui.label(head.map(Head::toString).orElse("all heads"), "section"), 0, row);
    for (int i = 0; i < now.titles().size(); i++) {
      Label title = Ui.label(now.titles().get(i), "section");
      table.add(title, 1 + 2 * i, row, 2, 1);
    }
    row++;
    for (SpanFindings.Row part : now.rows(desk.facts().spec(), head)) {
      Label name = Ui.label(part.name(), "dim");
      name.setMinWidth(USE_PREF_SIZE);
      table.add(name, 0, row);
      for (int i = 0; i < part.share().length; i++) {
        cell(part, i, row);
      }
      row++;
    }
    return row;
  }

  private void cell(SpanFindings.Row part, int prompt, int row) {
    double share = part.share()[prompt];
    double even = part.even()[prompt];
    if (Double.isNaN(share)) {
      return;
    }
    Bar bar = new Bar();
    bar.set(share);
    Label number = Ui.figure(String.format(Locale.ROOT, "%.2f (%.2f)", share, even));
    String words =
        String.format(
            Locale.ROOT,
            "%s: %.3f of the attention; even attention %.3f",
            part.name(),
            share,
            even);
    number.setTooltip(new Tooltip(words));
    number.setAccessibleText(words);
    table.add(bar, 1 + 2 * prompt, row);
    table.add(number, 2 + 2 * prompt, row);
  }
}
