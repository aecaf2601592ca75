package dev.headlight.app.view;

import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.io.CircuitTables;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitExports;
import dev.headlight.app.circuits.CircuitFigures;
import dev.headlight.app.circuits.CircuitPlots;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Ticks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

/** What each part adds to the logit difference by itself, and what each layer's stream says. */
final class CircuitDirectPart extends RetrievalPart {
  private static final int SHOWN = 10;
  private static final double LENS = 170;
  private static final String LENS_SENTENCE =
      "Logit lens: final norm and unembedding of the stream that enters each layer, the norm's scale"
          + " recomputed for each.";

  private final CircuitDesk desk;
  private final CircuitReadings readings;
  private final Button run;
  private final MenuButton more;
  private final PlotView lens;
  private final PaneMessage invitation =
      PaneMessage.empty("", "Run splits the logit difference into what each head and MLP adds.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private final PaneMessage waiting = PaneMessage.busy("Reading the clean prompt");
  private Object shown;

  CircuitDirectPart(CircuitDesk desk, CircuitReadings readings) {
    this(desk, readings, Ui.tool(new Button("Run")), Ui.tool(new MenuButton("…")));
  }

  private CircuitDirectPart(
      CircuitDesk desk, CircuitReadings readings, Button run, MenuButton more) {
    super("Direct logit attribution", run, more);
    this.desk = desk;
    this.readings = readings;
    this.run = run;
    this.more = more;
    this.lens = new PlotView(desk.context().painter(), desk.workbench().theme);
    getStyleClass().add("circuit-direct");
    lens.setMinHeight(LENS);
    lens.setPrefHeight(LENS);
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    exports();
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

  private void press() {
    if (desk.job(Ask.DIRECT).isPresent()) {
      desk.cancel(Ask.DIRECT);
    } else {
      readings.direct();
    }
  }

  private void exports() {
    more.setAccessibleText("More about direct logits");
    more.getItems()
        .addAll(
            Menus.item("Export parts as CSV …", "", () -> table("direct", CircuitTables::direct)),
            Menus.item("Export the lens as CSV …", "", this::lensTable),
            Menus.item("Export the lens as figure …", "", this::figure),
            Menus.item("Copy as command", "", () -> desk.copy(command())));
  }

  private void table(String name, BiConsumer<Path, LogitParts> writer) {
    LogitParts parts = desk.state().direct().orElseThrow();
    desk.save(
        name,
        List.of("csv"),
        file ->
            CircuitExports.table(file, pair(), Map.of(), (to, labels) -> writer.accept(to, parts)));
  }

  private void lensTable() {
    LogitLens layers = desk.state().lens().orElseThrow();
    desk.save(
        "lens",
        List.of("csv"),
        file ->
            CircuitExports.table(
                file,
                pair(),
                Map.of("norm", LogitLens.NORM),
                (to, labels) -> CircuitTables.lens(to, layers, labels)));
  }

  private void figure() {
    LogitLens layers = desk.state().lens().orElseThrow();
    desk.save(
        "lens",
        List.of("pdf", "svg", "png"),
        file ->
            CircuitExports.figure(
                file,
                pair(),
                Map.of("norm", LogitLens.NORM),
                (style, from) ->
                    CircuitFigures.plot(
                        CircuitPlots.lens(layers), "Logit lens", LENS_SENTENCE, style, from)));
  }

  private List<TokenPair> pair() {
    return desk.state().pair().map(List::of).orElse(List.of());
  }

  /** The command line that finds the same. */
  String command() {
    return desk.pairs()
        .shown()
        .map(p -> desk.pairCommand("circuit", CircuitArguments.direct(p.text())))
        .orElse("");
  }

  private void update() {
    CircuitState state = desk.state();
    Job<?> job = desk.job(Ask.DIRECT).orElse(null);
    run.setDisable(state.pair().isEmpty());
    run.setText(job != null ? "Cancel" : state.direct().isPresent() ? "Run again" : "Run");
    List<MenuItem> items = more.getItems();
    items.subList(0, 3).forEach(i -> i.setDisable(state.direct().isEmpty()));
    items.get(3).setDisable(state.pair().isEmpty());
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
    VBox bars = new VBox(8, CircuitGrids.parts(parts, SHOWN, desk.workbench().theme.get()), sum);
    LogitLens read = desk.state().lens().orElseThrow();
    ScrollPane table = new ScrollPane(CircuitGrids.lens(read, desk.state().labels()::get));
    table.getStyleClass().add("edge-free");
    table.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    table.setMinWidth(0);
    VBox layers =
        new VBox(8, Ui.section("Logit lens: logit difference of each layer's stream"), lens, table);
    lens.show(CircuitPlots.lens(read));
    show(new CircuitColumns(padded(bars), padded(layers)));
    caption(
        "Part · (W_U[answer] − W_U[wrong]) at the clean prompt's last position, with the scales of"
            + " all norms as the pass had them. "
            + LENS_SENTENCE,
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
