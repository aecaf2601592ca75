package dev.headlight.app.view;

import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.job.Job;
import dev.headlight.app.circuits.CircuitPlots;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Ticks;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** What each part adds to the logit difference by itself, and what each layer's stream says. */
final class CircuitDirectPart extends RetrievalPart {
  private static final int SHOWN = 10;
  private static final double LENS = 170;

  private final CircuitDesk desk;
  private final Button run;
  private final PlotView lens;
  private final PaneMessage invitation =
      PaneMessage.empty("", "Run splits the logit difference into what each head and MLP adds.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private final PaneMessage waiting = PaneMessage.busy("Reading the clean prompt");
  private Object shown;

  CircuitDirectPart(CircuitDesk desk) {
    this(desk, Ui.tool(new Button("Run")));
  }

  private CircuitDirectPart(CircuitDesk desk, Button run) {
    super("Direct logit attribution", run);
    this.desk = desk;
    this.run = run;
    this.lens = new PlotView(desk.context().painter(), desk.workbench().theme);
    getStyleClass().add("circuit-direct");
    lens.setMinHeight(LENS);
    lens.setPrefHeight(LENS);
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> desk.direct());
    desk.whenChanged(this::update);
    desk.workbench()
        .theme
        .addListener(
            o -> {
              shown = null;
              update();
            });
    update();
  }

  private void update() {
    CircuitState state = desk.state();
    Job<?> job = desk.job(Ask.DIRECT).orElse(null);
    run.setDisable(state.pair().isEmpty() || job != null);
    run.setText(state.direct().isPresent() ? "Run again" : "Run");
    String problem = desk.problem(Ask.DIRECT);
    Object now =
        job != null
            ? waiting
            : state.direct().isPresent()
                ? state.direct().get()
                : !problem.isEmpty() ? problem : state.pair().isPresent() ? invitation : early;
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    if (now instanceof LogitParts parts) {
      read(parts);
    } else {
      show(
          now instanceof PaneMessage message
              ? message
              : Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
      caption("", "");
    }
  }

  private void read(LogitParts parts) {
    Label sum = Ui.wrap(Ui.label(sum(parts), parts.sums() ? "dim" : "problem"));
    VBox bars = new VBox(8, CircuitTables.parts(parts, SHOWN, desk.workbench().theme.get()), sum);
    VBox layers =
        new VBox(8, Ui.section("Logit lens: logit difference of each layer's stream"), lens);
    lens.show(CircuitPlots.lens(desk.state().lens().orElseThrow()));
    show(new CircuitColumns(padded(bars), padded(layers)));
    caption(
        "Of the clean prompt's last position, with the scales of all norms as the pass had them; the"
            + " lens recomputes the final norm's for each layer.",
        "Elhage et al. 2021; logit lens: nostalgebraist 2020.");
  }

  private static VBox padded(VBox box) {
    box.getStyleClass().add("circuit-column");
    return box;
  }

  private static String sum(LogitParts parts) {
    String numbers =
        "parts sum to %.4f, logit difference %.4f".formatted(parts.sum(), parts.logitDiff());
    return parts.sums()
        ? "✓ " + numbers
        : numbers + ": they differ by " + Ticks.format(parts.error()) + " logits";
  }
}
