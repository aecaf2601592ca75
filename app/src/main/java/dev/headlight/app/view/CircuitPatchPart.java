package dev.headlight.app.view;

import dev.headlight.analysis.io.PatchTables;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitExports;
import dev.headlight.app.circuits.CircuitFigures;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.circuits.PatchPicture;
import dev.headlight.app.circuits.PatchView;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A patching map that fills: what each cell gives of the answer. */
final class CircuitPatchPart extends RetrievalPart {
  private static final double LEAST = 170;
  private static final double MOST = 420;
  private static final double LABELS = 80;

  private final CircuitDesk desk;
  private final CircuitMaps maps;
  private final PatchView view;
  private final Ask ask;
  private final CellGrid cells;
  private final Button run;
  private final MenuItem export;
  private final MenuItem figure;
  private final MenuItem copy;
  private final ColourBar bar = new ColourBar();
  private final ProgressBar progress = new ProgressBar(0);
  private final Label status = Ui.label("", "caption");
  private final HBox doing = Ui.row(8, progress, status);
  private final Label readout = Ui.wrap(Ui.label("", "token"));
  private final Button verify = Ui.tool(new Button());
  private final VBox verified = new VBox(4);
  private final PaneMessage invitation;
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private final PaneMessage waiting = PaneMessage.busy("Reading both prompts");
  private PatchMap shown;
  private Verification told;
  private PatchPicture picture;
  private String said = "";
  private boolean following;

  CircuitPatchPart(CircuitDesk desk, CircuitMaps maps, PatchView view, String title, String what) {
    this(desk, maps, view, title, what, Ui.tool(new Button("Run")), Ui.tool(new MenuButton("…")));
  }

  private CircuitPatchPart(
      CircuitDesk desk,
      CircuitMaps maps,
      PatchView view,
      String title,
      String what,
      Button run,
      MenuButton more) {
    super(title, run, more);
    this.desk = desk;
    this.maps = maps;
    this.view = view;
    boolean stream = view == desk.state().stream();
    this.ask = maps.kind(view);
    this.cells = new CellGrid(desk.workbench().theme);
    this.run = run;
    this.invitation = PaneMessage.empty("", what);
    getStyleClass().add(stream ? "circuit-stream" : "circuit-heads");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    more.setAccessibleText("More about this map");
    export = Menus.item("Export as CSV …", "", this::export);
    figure = Menus.item("Export figure …", "", this::figure);
    copy = Menus.item("Copy as command", "", () -> desk.copy(command()));
    more.getItems().addAll(figure, export, copy);
    tools(new CircuitChoices(desk, maps, view));
    verify.setText("Verify top " + CircuitMaps.VERIFIED + " exactly");
    verify.setOnAction(e -> maps.verify());
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(100);
    progress.setMinWidth(Region.USE_PREF_SIZE);
    status.setMinWidth(0);
    List.of(readout, bar, doing, verify, verified).forEach(this::below);
    cells.setAccessibleHelp("What each cell gives of the answer; arrows choose a cell");
    cells.chosen.addListener((o, old, now) -> chosen(now));
    desk.whenChanged(this::update);
    desk.workbench().theme.addListener(o -> redraw());
    update();
  }

  /** The map. */
  CellGrid cells() {
    return cells;
  }

  /** The map's numbers as they stand, else null. */
  PatchPicture picture() {
    return picture;
  }

  private void press() {
    if (desk.job(ask).isPresent()) {
      desk.cancel(ask);
    } else {
      maps.run(view);
    }
  }

  private void export() {
    view.map()
        .ifPresent(
            map ->
                desk.save(
                    "patching",
                    List.of("csv"),
                    file ->
                        CircuitExports.table(
                            file,
                            List.of(map.request().pair()),
                            settings(map),
                            (to, labels) -> PatchTables.write(to, PatchTables.rows(map, labels)))));
  }

  private void figure() {
    PatchPicture now = picture;
    if (now != null) {
      desk.save(
          "patching",
          List.of("pdf", "svg", "png"),
          file ->
              CircuitExports.figure(
                  file,
                  List.of(now.map().request().pair()),
                  settings(now.map()),
                  (style, from) -> CircuitFigures.map(now, style, from)));
    }
  }

  private Map<String, String> settings(PatchMap map) {
    return Map.of(
        "patching",
        view.choice().text(),
        "clean",
        Double.toString(map.contrast().clean()),
        "corrupt",
        Double.toString(map.contrast().corrupt()));
  }

  /** The command line that finds the same. */
  String command() {
    int count = desk.state().verification().isPresent() ? CircuitMaps.VERIFIED : 0;
    return desk.pairs()
        .shown()
        .map(p -> CircuitArguments.patch(p.text(), view.choice(), count))
        .map(line -> desk.pairCommand("patch", line))
        .orElse("");
  }

  private void chosen(CellGrid.Place place) {
    if (place == null || picture == null) {
      readout.setText("");
    } else {
      readout.setText(picture.words(place.row(), place.column(), desk::token));
      if (!following) {
        maps.go(picture.map().request(), picture.cell(place.row(), place.column()));
      }
    }
    Ui.show(readout, !readout.getText().isEmpty());
  }

  private void update() {
    CircuitState state = desk.state();
    Job<?> job = desk.job(ask).orElse(null);
    boolean pair = state.pair().isPresent();
    boolean part = view.map().isPresent() && view.done() < 1;
    run.setText(
        job != null ? "Cancel" : part ? "Go on" : view.map().isPresent() ? "Run again" : "Run");
    run.setDisable(!pair);
    export.setDisable(view.map().isEmpty());
    figure.setDisable(view.map().isEmpty());
    copy.setDisable(!pair);
    boolean costly = view.choice().method() == PatchMap.Method.EXACT && view.map().isEmpty();
    Ui.show(progress, job != null || part);
    progress.setProgress(view.map().isEmpty() ? -1 : view.done());
    status.setText(status(job, part, costly));
    Ui.show(doing, !status.getText().isEmpty());
    if (view.map().isEmpty()) {
      picture = null;
      shown = null;
      message(job, pair);
    } else {
      map(view.map().get());
    }
    Ui.show(bar, picture != null);
    Ui.show(readout, picture != null && !readout.getText().isEmpty());
    verification(state);
  }

  private String status(Job<?> job, boolean part, boolean costly) {
    if (part) {
      long all = view.map().orElseThrow().cells().size();
      String stopped = job == null ? ", stopped" : "";
      return "%d of %d cells%s".formatted(Math.round(view.done() * all), all, stopped);
    }
    return job != null ? job.title() : Ui.sentence(maps.cost(view, costly));
  }

  private void message(Job<?> job, boolean pair) {
    String problem = desk.problem(ask);
    if (!problem.isEmpty()) {
      if (!problem.equals(said)) {
        said = problem;
        show(Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
      }
    } else {
      said = "";
      show(job != null ? waiting : pair ? invitation : early);
    }
    caption("", "");
  }

  private void map(PatchMap map) {
    said = "";
    if (!map.equals(shown)) {
      shown = map;
      picture = PatchPicture.of(map, desk::token);
      redraw();
      caption(picture.sentence(), "");
    }
    show(cells);
  }

  private void redraw() {
    if (picture == null) {
      return;
    }
    ValueScale scale = ValueScale.signed(ValueScale.Kind.LINEAR, picture.largest());
    Palette palette = Palette.diverging(desk.workbench().theme.get());
    bar.show(scale, palette.map(), picture.unit());
    boolean words = shown.request().grid().byPosition();
    cells.setSlanted(words);
    double high = 15.0 * picture.rows().size() + (words ? LABELS : 20);
    cells.setMinHeight(Math.max(LEAST, Math.min(MOST, high)));
    cells.setPrefHeight(cells.getMinHeight());
    PatchPicture now = picture;
    following = true;
    cells.show(
        new CellGrid.Table(
            now.rows(),
            now.columns(),
            now.shares(),
            scale,
            palette.map(),
            null,
            (row, column) -> now.words(row, column, desk::token)));
    chosen(cells.chosen.get());
    following = false;
  }

  /** Estimates beside passes; only of the map of heads, which is first order at first. */
  private void verification(CircuitState state) {
    boolean estimates =
        ask == Ask.HEADS
            && view.map().filter(m -> m.method() == PatchMap.Method.ATTRIBUTION).isPresent();
    boolean busy = desk.job(Ask.VERIFY).isPresent();
    Verification found = state.verification().orElse(null);
    Ui.show(verify, estimates && found == null);
    verify.setDisable(busy);
    Ui.show(verified, estimates && found != null);
    if (found != null && !found.equals(told)) {
      verified.getChildren().setAll(CircuitGrids.verification(found));
    }
    told = found;
  }
}
