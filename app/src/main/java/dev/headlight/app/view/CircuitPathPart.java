package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.io.PatchTables;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.patching.Direction;
import dev.headlight.analysis.patching.Places;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitExports;
import dev.headlight.app.circuits.CircuitFigures;
import dev.headlight.app.circuits.PathChoice;
import dev.headlight.app.circuits.PathPicture;
import dev.headlight.app.circuits.PathState;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/** Path patching: what chosen inputs hear of chosen senders. */
final class CircuitPathPart extends RetrievalPart {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final double LEAST = 170;
  private static final double MOST = 420;
  private static final int TOLD = 5;

  private static final String PUBLISHED =
      "Wang et al. 2023; Goldowsky-Dill et al. 2023. With frozen MLPs and every input as receiver it"
          + " is activation patching of the sender.";

  private final CircuitDesk desk;
  private final CircuitReadings readings;
  private final PathState state;
  private final CellGrid cells;
  private final ColourBar bar = new ColourBar();
  private final Button run;
  private final MenuButton more;
  private final TextField senders =
      field("Senders", "heads, mlps, or a list such as L5H*,MLP3", 120);
  private final TextField receivers =
      field("Receivers", "Inputs, such as L9H9.q,L10H*,MLP11,logits", 160);
  private final TextField places = field("Positions", "all, last, or a list such as 3,7-9", 72);
  private final MenuButton direction = Ui.tool(new MenuButton());
  private final MenuButton mlps = Ui.tool(new MenuButton());
  private final ProgressBar progress = new ProgressBar(0);
  private final Label status = Ui.label("", "caption");
  private final HBox doing = Ui.row(8, progress, status);
  private final Label strongest = Ui.wrap(Ui.label("", "token"));
  private final Label readout = Ui.wrap(Ui.label("", "token"));
  private final PaneMessage invitation =
      PaneMessage.empty(
          "", "Run changes one sender after the other; only the receivers hear of it.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private final PaneMessage waiting = PaneMessage.busy("Reading both prompts");
  private PathPatching.Result shown;
  private PathPicture picture;
  private String said = "";
  private boolean following;

  CircuitPathPart(CircuitDesk desk, CircuitReadings readings) {
    this(desk, readings, Ui.tool(new Button("Run")), Ui.tool(new MenuButton("…")));
  }

  private CircuitPathPart(CircuitDesk desk, CircuitReadings readings, Button run, MenuButton more) {
    super("Path patching", run, more);
    this.desk = desk;
    this.readings = readings;
    this.state = desk.state().paths();
    this.cells = new CellGrid(desk.workbench().theme);
    this.run = run;
    this.more = more;
    getStyleClass().add("circuit-paths");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    exports();
    controls();
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(100);
    List.of(readout, bar, doing, strongest).forEach(this::below);
    cells.setAccessibleHelp("What the receivers hear of each sender; arrows choose one");
    cells.chosen.addListener((o, old, now) -> chosen(now));
    desk.whenChanged(this::update);
    desk.workbench().theme.addListener(o -> redraw());
    update();
  }

  private static TextField field(String name, String tip, double width) {
    TextField field = new TextField();
    field.getStyleClass().add("compare-field");
    field.setPrefWidth(width);
    field.setAccessibleText(name);
    field.setTooltip(new Tooltip(name + ": " + tip));
    return field;
  }

  private void controls() {
    commit(senders, text -> state.choice().withSenders(checked(text, "senders")));
    commit(receivers, text -> state.choice().withReceivers(checked(text, "receivers")));
    commit(places, text -> state.choice().withPlaces(Places.parse(text)));
    direction.setAccessibleText("Which prompt is changed");
    for (Direction each : Direction.values()) {
      direction
          .getItems()
          .add(
              Menus.item(
                  each.text(), "", () -> readings.choose(state.choice().withDirection(each))));
    }
    mlps.setAccessibleText("What MLPs on the way do");
    mlps.getItems()
        .addAll(
            Menus.item(
                "MLPs recomputed: they pass a change on",
                "",
                () -> readings.choose(state.choice().withFrozen(false))),
            Menus.item(
                "MLPs frozen: only the direct way",
                "",
                () -> readings.choose(state.choice().withFrozen(true))));
    FlowPane row =
        new FlowPane(
            8,
            8,
            Ui.row(6, Ui.label("from", "dim"), senders),
            Ui.row(6, Ui.label("to", "dim"), receivers),
            Ui.row(6, Ui.label("at", "dim"), places),
            direction,
            mlps);
    row.setRowValignment(VPos.CENTER);
    tools(row);
  }

  private static String checked(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("no " + what);
    }
    return text;
  }

  private void commit(TextField field, Function<String, PathChoice> read) {
    Runnable take =
        () -> {
          try {
            readings.choose(read.apply(field.getText()));
            field.pseudoClassStateChanged(WRONG, false);
          } catch (HeadlightException | IllegalArgumentException e) {
            field.pseudoClassStateChanged(WRONG, true);
          }
        };
    field.setOnAction(e -> take.run());
    field
        .focusedProperty()
        .addListener(
            (o, old, now) -> {
              if (!now) {
                take.run();
              }
            });
  }

  private void exports() {
    more.setAccessibleText("More about these paths");
    more.getItems()
        .addAll(
            Menus.item("Export figure …", "", () -> export(List.of("pdf", "svg", "png"))),
            Menus.item("Export as CSV …", "", () -> export(List.of("csv"))),
            Menus.item("Copy as command", "", () -> desk.copy(command())));
  }

  private void export(List<String> endings) {
    PathPicture now = picture;
    if (now != null) {
      Map<String, String> settings = Map.of("paths", state.choice().text());
      desk.save(
          "paths",
          endings,
          file ->
              CircuitExports.drawn(file)
                  ? CircuitExports.figure(
                      file,
                      List.of(now.result().request().pair()),
                      settings,
                      (style, from) -> CircuitFigures.paths(now, style, from))
                  : CircuitExports.table(
                      file,
                      List.of(now.result().request().pair()),
                      settings,
                      (to, labels) -> PatchTables.write(to, PatchTables.rows(now.result()))));
    }
  }

  /** The command line that finds the same. */
  String command() {
    return desk.pairs()
        .shown()
        .map(p -> CircuitArguments.paths(p.text(), state.choice()))
        .map(line -> desk.pairCommand("patch", line))
        .orElse("");
  }

  /** The paths' numbers as they stand, else null. */
  PathPicture picture() {
    return picture;
  }

  private void press() {
    if (desk.job(Ask.PATHS).isPresent()) {
      desk.cancel(Ask.PATHS);
    } else {
      readings.paths();
    }
  }

  private void chosen(CellGrid.Place place) {
    readout.setText(
        place == null || picture == null ? "" : picture.words(place.row(), place.column()));
    if (place != null && picture != null && !following) {
      int sender = picture.senders()[place.row()][place.column()];
      if (sender >= 0) {
        Node node = picture.result().request().senders().get(sender);
        if (node.type() == Node.Type.HEAD) {
          desk.select(new Head(node.layer(), node.head()));
        }
      }
    }
    Ui.show(readout, !readout.getText().isEmpty());
  }

  private static void fill(TextField field, String text) {
    if (!field.isFocused() && !field.getText().equals(text)) {
      field.setText(text);
    }
  }

  private void update() {
    PathChoice choice = state.choice();
    fill(senders, choice.senders());
    fill(receivers, choice.receivers());
    fill(places, choice.places().toString());
    direction.setText(choice.direction().name().toLowerCase(Locale.ROOT));
    mlps.setText(choice.freezeMlps() ? "MLPs frozen" : "MLPs recomputed");
    Job<?> job = desk.job(Ask.PATHS).orElse(null);
    boolean pair = desk.state().pair().isPresent();
    boolean part = state.result().isPresent() && state.done() < 1;
    run.setText(job != null ? "Cancel" : state.result().isPresent() ? "Run again" : "Run");
    run.setDisable(!pair);
    List<MenuItem> items = more.getItems();
    items.subList(0, 2).forEach(i -> i.setDisable(state.result().isEmpty()));
    items.get(2).setDisable(!pair);
    progress.setProgress(state.result().isEmpty() ? -1 : state.done());
    status.setText(
        part
            ? "%d of %d senders%s"
                .formatted(
                    Math.round(state.done() * picturedSenders()),
                    picturedSenders(),
                    job == null ? ", stopped" : "")
            : job != null ? job.title() : "");
    Ui.show(doing, !status.getText().isEmpty());
    body(job, pair);
    Ui.show(bar, picture != null);
    Ui.show(strongest, picture != null && state.done() == 1);
  }

  private int picturedSenders() {
    return state.result().map(r -> r.values().length).orElse(0);
  }

  private void body(Job<?> job, boolean pair) {
    String problem = desk.problem(Ask.PATHS);
    if (state.result().isPresent()) {
      if (!state.result().get().equals(shown)) {
        shown = state.result().get();
        picture = PathPicture.of(shown);
        redraw();
        caption(picture.sentence(), PUBLISHED);
        strongest.setText("strongest: " + picture.strongest(TOLD));
      }
      said = "";
      show(cells);
      return;
    }
    picture = null;
    shown = null;
    caption("", "");
    readout.setText("");
    Ui.show(readout, false);
    if (problem.isEmpty()) {
      said = "";
      show(job != null ? waiting : pair ? invitation : early);
    } else if (!problem.equals(said)) {
      said = problem;
      show(Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
    }
  }

  private void redraw() {
    if (picture == null) {
      return;
    }
    PathPicture now = picture;
    ValueScale scale = ValueScale.signed(ValueScale.Kind.LINEAR, now.largest());
    Palette palette = Palette.diverging(desk.workbench().theme.get());
    bar.show(scale, palette.map(), now.unit());
    cells.setMinHeight(Math.max(LEAST, Math.min(MOST, 15.0 * now.rows().size() + 20)));
    cells.setPrefHeight(cells.getMinHeight());
    following = true;
    cells.show(
        new CellGrid.Table(
            now.rows(), now.columns(), now.shares(), scale, palette.map(), null, now::words));
    chosen(cells.chosen.get());
    following = false;
  }
}
