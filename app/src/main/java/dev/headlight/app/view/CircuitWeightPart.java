package dev.headlight.app.view;

import dev.headlight.analysis.circuit.HeadTokens;
import dev.headlight.analysis.io.CircuitTables;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitExports;
import dev.headlight.app.circuits.CircuitFigures;
import dev.headlight.app.circuits.WeightMap;
import dev.headlight.app.circuits.WeightPairs;
import dev.headlight.app.circuits.WeightState;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** The OV and QK circuits of the selected head between tokens, and how much it copies. */
final class CircuitWeightPart extends RetrievalPart {
  private static final double HIGH = 300;
  private static final String COPYING =
      "Σ Re λ / Σ |λ| over the eigenvalues λ, −1 to 1: near 1 the head writes what it reads, near −1"
          + " it takes it away. Of W_OV alone, and from token to token (W_E W_OV W_U). Elhage et al."
          + " 2021, A Mathematical Framework for Transformer Circuits.";

  private final CircuitDesk desk;
  private final CircuitReadings readings;
  private final WeightState state;
  private final CellGrid cells;
  private final ColourBar bar = new ColourBar();
  private final Button run;
  private final MenuButton more;
  private final ToggleButton ov = Ui.tool(new ToggleButton("OV"));
  private final ToggleButton qk = Ui.tool(new ToggleButton("QK"));
  private final Label of = Ui.label("", "dim");
  private final Label copying = Ui.wrap(Ui.label("", "chip"));
  private final Label readout = Ui.wrap(Ui.label("", "token"));
  private final Button search = Ui.tool(new Button("Search the vocabulary"));
  private final VBox pairs = new VBox(6);
  private final PaneMessage invitation =
      PaneMessage.empty(
          "", "Run reads the selected head's weights between the tokens of the clean prompt.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private final PaneMessage waiting = PaneMessage.busy("Reading weights");
  private Object shown;
  private WeightPairs told;

  CircuitWeightPart(CircuitDesk desk, CircuitReadings readings) {
    this(desk, readings, Ui.tool(new Button("Run")), Ui.tool(new MenuButton("…")));
  }

  private CircuitWeightPart(
      CircuitDesk desk, CircuitReadings readings, Button run, MenuButton more) {
    super("Weights of a head", run, more);
    this.desk = desk;
    this.readings = readings;
    this.state = desk.state().weights();
    this.cells = new CellGrid(desk.workbench().theme);
    this.run = run;
    this.more = more;
    getStyleClass().add("circuit-weights");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    ov.setTooltip(new Tooltip(WeightMap.sentence(HeadTokens.Circuit.OV)));
    ov.setOnAction(e -> choose(HeadTokens.Circuit.OV));
    qk.setTooltip(new Tooltip(WeightMap.sentence(HeadTokens.Circuit.QK)));
    qk.setOnAction(e -> choose(HeadTokens.Circuit.QK));
    copying.setTooltip(new Tooltip(COPYING));
    search.setOnAction(e -> search());
    exports();
    tools(Ui.row(8, ov, qk, of));
    List.of(readout, bar, copying, search, pairs).forEach(this::below);
    cells.setSlanted(true);
    cells.setMinHeight(HIGH);
    cells.setPrefHeight(HIGH);
    cells.setAccessibleHelp("Values between tokens; arrows choose a cell");
    cells.chosen.addListener(
        (o, old, now) -> {
          readout.setText(
              now == null
                  ? ""
                  : state.map().map(m -> words(m, now.row(), now.column())).orElse(""));
          Ui.show(readout, !readout.getText().isEmpty());
        });
    desk.whenChanged(this::update);
    desk.workbench().head.addListener(o -> update());
    desk.workbench()
        .theme
        .addListener(
            o -> {
              shown = null;
              update();
            });
    update();
  }

  private void choose(HeadTokens.Circuit circuit) {
    readings.choose(circuit);
    update();
  }

  private void press() {
    if (desk.job(Ask.WEIGHTS).isPresent()) {
      desk.cancel(Ask.WEIGHTS);
    } else {
      readings.weights();
    }
  }

  private void search() {
    if (desk.job(Ask.VOCABULARY).isPresent()) {
      desk.cancel(Ask.VOCABULARY);
    } else {
      readings.vocabulary();
    }
  }

  private void exports() {
    more.setAccessibleText("More about these weights");
    more.getItems()
        .addAll(
            Menus.item("Export figure …", "", () -> export(List.of("pdf", "svg", "png"))),
            Menus.item("Export as CSV …", "", () -> export(List.of("csv"))),
            Menus.item("Copy as command", "", () -> desk.copy(command())));
  }

  private void export(List<String> endings) {
    WeightMap map = state.map().orElseThrow();
    Map<String, String> settings =
        Map.of("head", map.head().toString(), "circuit", map.circuit().toString());
    desk.save(
        map.circuit() + "-" + map.head(),
        endings,
        file ->
            CircuitExports.drawn(file)
                ? CircuitExports.figure(
                    file,
                    List.of(),
                    settings,
                    (style, from) -> CircuitFigures.weights(map, style, from))
                : CircuitExports.table(
                    file,
                    List.of(),
                    settings,
                    (to, labels) -> CircuitTables.between(to, map.labels(), map.values())));
  }

  /** The command line that finds the same. */
  String command() {
    return state
        .map()
        .map(
            m ->
                desk.command(
                    "weights",
                    CircuitArguments.weights(
                        m.head(),
                        m.circuit(),
                        m.ids(),
                        state.pairs().isPresent() ? CircuitReadings.TOP : 0)))
        .orElse("");
  }

  private void update() {
    Job<?> job = desk.job(Ask.WEIGHTS).orElse(null);
    WeightMap map = state.map().orElse(null);
    Head head = desk.workbench().head.get();
    boolean pair = desk.state().pair().isPresent();
    ov.setSelected(state.circuit() == HeadTokens.Circuit.OV);
    qk.setSelected(state.circuit() == HeadTokens.Circuit.QK);
    of.setText(
        map != null
            ? map.head() + (map.head().equals(head) ? "" : "; selected: " + head)
            : head == null ? "" : head.toString());
    run.setText(job != null ? "Cancel" : map == null ? "Run" : "Run again");
    run.setDisable(!pair || head == null);
    List<MenuItem> items = more.getItems();
    items.forEach(i -> i.setDisable(map == null));
    body(job, map, pair);
    Ui.show(bar, map != null);
    Ui.show(copying, map != null);
    vocabulary(map);
  }

  private void body(Job<?> job, WeightMap map, boolean pair) {
    String problem = desk.problem(Ask.WEIGHTS);
    Object now =
        map != null
            ? map
            : job != null ? waiting : !problem.isEmpty() ? problem : pair ? invitation : early;
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    Node body =
        now instanceof PaneMessage message
            ? message
            : map != null ? cells : Ui.wrap(Ui.label(Ui.sentence(problem), "problem"));
    if (map != null) {
      draw(map);
    }
    show(body);
    caption(
        map == null ? "" : map.sentence(),
        "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits.");
  }

  private void draw(WeightMap map) {
    ValueScale scale = ValueScale.signed(ValueScale.Kind.LINEAR, map.largest());
    Palette palette = Palette.diverging(desk.workbench().theme.get());
    bar.show(scale, palette.map(), "");
    copying.setText(
        "copying %s%s"
            .formatted(
                Ticks.signed(map.copying()),
                Double.isNaN(map.tokenCopying())
                    ? ""
                    : ", from token to token %s (%,d tokens)"
                        .formatted(Ticks.signed(map.tokenCopying()), map.tokens())));
    cells.show(
        new CellGrid.Table(
            map.labels(),
            map.labels(),
            map.values(),
            scale,
            palette.map(),
            null,
            (row, column) -> words(map, row, column)));
  }

  private static String words(WeightMap map, int row, int column) {
    return "%s %s, %s %s: %s"
        .formatted(
            map.rows(),
            map.labels().get(row),
            map.columns(),
            map.labels().get(column),
            Ticks.format(map.values()[row][column]));
  }

  /** The largest values of all tokens; searching takes a product of the whole vocabulary. */
  private void vocabulary(WeightMap map) {
    WeightPairs found = state.pairs().orElse(null);
    boolean busy = desk.job(Ask.VOCABULARY).isPresent();
    search.setText(busy ? "Cancel" : "Search the vocabulary");
    Ui.show(search, map != null && found == null);
    Ui.show(pairs, map != null && found != null);
    if (found != null && !found.equals(told)) {
      pairs
          .getChildren()
          .setAll(
              Ui.section("Largest values over the whole vocabulary"),
              CircuitGrids.between(found, map.rows(), map.columns()));
    }
    told = found;
  }
}
