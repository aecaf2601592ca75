package dev.headlight.app.view;

import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.ReuseState;
import dev.headlight.app.session.Changes;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Ticks;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** What the clean prompts answer when attention rows of heads are set. */
final class CircuitRepairPart extends RetrievalPart {
  private static final String SENTENCE =
      "row:HEAD@QUERY=KEY:WEIGHT,… sets a row of a head's attention: these weights, 0 on every other"
          + " key; {IO} is where a role of each pair stands. Several changes are separated by"
          + " semicolons; other interventions work too.";
  private static final String PUBLISHED =
      "Merullo et al. 2024 set inhibition heads and a negative mover to ½ on each of the two wrong"
          + " answers' tokens.";

  private final CircuitDesk desk;
  private final CircuitReadings readings;
  private final ReuseState state;
  private final Button run;
  private final TextField changes = new TextField();
  private final PaneMessage invitation =
      PaneMessage.empty("", "Run answers the clean prompt with these rows set, and without.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private Object shown;

  CircuitRepairPart(CircuitDesk desk, CircuitReadings readings) {
    this(desk, readings, Ui.tool(new Button("Run")), Ui.tool(new Button("Copy as command")));
  }

  private CircuitRepairPart(CircuitDesk desk, CircuitReadings readings, Button run, Button copy) {
    super("Repair", run, copy);
    this.desk = desk;
    this.readings = readings;
    this.state = desk.state().reuse();
    this.run = run;
    getStyleClass().add("circuit-repair");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    copy.setOnAction(e -> desk.copy(command()));
    changes.getStyleClass().add("compare-field");
    changes.setAccessibleText("Changes");
    changes.setPromptText("row:L5H3@-1=3:0.5,5:0.5");
    changes.textProperty().addListener((o, old, now) -> state.changes(now));
    Button here = Ui.tool(new Button("Row of the selected head"));
    here.setTooltip(
        new Tooltip("Even attention of the last position to the tokens of both answers"));
    here.setOnAction(e -> suggest());
    changes.setMaxWidth(Double.MAX_VALUE);
    VBox given = new VBox(6, changes, here);
    given.setMinSize(0, USE_PREF_SIZE);
    tools(given);
    desk.whenChanged(this::update);
    update();
  }

  private void press() {
    if (desk.job(Ask.REPAIR).isPresent()) {
      desk.cancel(Ask.REPAIR);
    } else {
      readings.repair();
    }
  }

  /** Half of the last row on each prompt token that is an answer, else all on the first token. */
  private void suggest() {
    Head head = desk.workbench().head.get();
    if (head != null) {
      desk.state().pair().ifPresent(pair -> changes.setText(ReuseState.suggestion(head, pair)));
    }
  }

  /** The command line that finds the same. */
  String command() {
    boolean all = desk.state().edges().choice().all();
    var texts =
        all
            ? desk.pairs().readyTexts()
            : desk.pairs().shown().map(p -> List.of(p.text())).orElse(List.of());
    return desk.pairCommand(
        "circuit", CircuitArguments.repair(texts, Changes.split(state.changes())));
  }

  private void update() {
    Job<?> job = desk.job(Ask.REPAIR).orElse(null);
    boolean pair = desk.state().pair().isPresent();
    String problem = desk.problem(Ask.REPAIR);
    if (!changes.getText().equals(state.changes())) {
      changes.setText(state.changes());
    }
    run.setText(job != null ? "Cancel" : state.repair().isPresent() ? "Run again" : "Run");
    run.setDisable(!pair || state.changes().isBlank());
    Object now =
        state.repair().isPresent()
            ? state.repair().get()
            : !problem.isEmpty() ? problem : pair ? invitation : early;
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    caption(SENTENCE, PUBLISHED);
    if (now instanceof Repair repair) {
      show(found(repair));
    } else if (now instanceof PaneMessage message) {
      show(message);
    } else {
      show(Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
    }
  }

  private static VBox found(Repair repair) {
    int count = repair.before().length;
    VBox box =
        new VBox(
            8,
            CircuitGrids.lines(
                List.of(
                    count == 1 ? "logit difference" : "mean logit difference, " + count + " pairs",
                    "answers that win"),
                List.of(
                    "%s → %s"
                        .formatted(
                            Ticks.signed(repair.meanBefore()), Ticks.signed(repair.meanAfter())),
                    "%s → %s"
                        .formatted(
                            share(repair.accuracyBefore()), share(repair.accuracyAfter())))));
    if (repair.nothingChanged()) {
      box.getChildren()
          .add(Ui.wrap(Ui.label("Nothing changed: these rows are what they were.", "problem")));
    }
    box.getStyleClass().add("circuit-column");
    return box;
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%s %%", Ticks.format(100 * value));
  }
}
