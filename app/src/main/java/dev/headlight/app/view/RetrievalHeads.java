package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.scores.HeadTable;
import dev.headlight.app.retrieval.Definition;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.RetrievalFigures;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** The retrieval score of every head as a picture; a click selects the head. */
final class RetrievalHeads extends RetrievalPart {
  private final RetrievalDesk desk;
  private final Workbench w;
  private final CellGrid cells;
  private final MenuButton definition;
  private final MenuButton more;
  private final ColourBar bar = new ColourBar();
  private final Label readout = Ui.label("", "caption");
  private boolean following;
  private String said = "";

  RetrievalHeads(RetrievalDesk desk, RetrievalFiles files) {
    this(desk, files, Ui.label("Wu et al. 2024", "chip"), new MenuButton(), new MenuButton("…"));
  }

  private RetrievalHeads(
      RetrievalDesk desk,
      RetrievalFiles files,
      Label paper,
      MenuButton definition,
      MenuButton more) {
    super("Retrieval score", paper, Ui.tool(definition), Ui.tool(more));
    this.desk = desk;
    this.w = desk.workbench();
    this.cells = new CellGrid(w.theme);
    this.definition = definition;
    this.more = more;
    getStyleClass().add("retrieval-heads");
    paper.setMinWidth(0);
    definition.setAccessibleText("What is called the score");
    definition.setTooltip(new Tooltip("What is called the score"));
    for (Definition each : Definition.values()) {
      MenuItem item = Menus.item(each.title(), "", () -> desk.state().define(each));
      item.setUserData(each);
      definition.getItems().add(item);
    }
    more.setAccessibleText("More about the scores");
    more.getItems()
        .add(
            files.figure(
                "retrieval-scores",
                (style, from) ->
                    RetrievalFigures.scores(
                        desk.state().findings(), desk.state().definition(), style, from)));
    readout.setWrapText(true);
    readout.setMinHeight(Region.USE_PREF_SIZE);
    below(bar);
    below(readout);
    cells.setAccessibleHelp("Retrieval scores, layers across and heads down");
    cells.chosen.addListener((o, old, now) -> select(now));
    w.head.addListener(o -> follow());
    desk.whenChanged(this::update);
    update();
  }

  /** The picture. */
  CellGrid cells() {
    return cells;
  }

  private void select(CellGrid.Place place) {
    if (place != null && !following) {
      w.head.set(new Head(place.column(), place.row()));
    }
  }

  private void follow() {
    following = true;
    Head head = w.head.get();
    boolean there = head != null && desk.state() != null && desk.state().findings() != null;
    cells.chosen.set(there ? new CellGrid.Place(head.head(), head.layer()) : null);
    following = false;
    readout.setText(there ? words(head) : "");
    Ui.show(readout, there);
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    Findings findings = state.findings();
    Definition by = state.definition();
    definition.setText(by.title());
    for (MenuItem item : definition.getItems()) {
      item.setDisable(item.getUserData() == Definition.FILE && state.importedFrom().isEmpty());
    }
    boolean defined = findings != null && findings.defined(by);
    more.setDisable(!defined);
    Ui.show(bar, defined);
    caption(
        "Columns: layer · rows: head · grey: never. " + Ui.sentence(by.formula()) + ".",
        by.source());
    if (!defined) {
      cells.show(null);
      String why = none(findings);
      if (!why.equals(said)) {
        said = why;
        show(PaneMessage.empty("", why));
      }
      Ui.show(readout, false);
      return;
    }
    ValueScale scale = RetrievalFigures.scores(findings, by);
    bar.show(scale, Palette.sequential(w.theme.get()).map(), "");
    following = true;
    cells.show(
        new CellGrid.Table(
            RetrievalFigures.numbers(findings.spec().heads()),
            RetrievalFigures.numbers(findings.spec().layers()),
            neverGrey(findings.cells(by)),
            scale,
            Palette.sequential(w.theme.get()).map(),
            null,
            (row, column) -> words(new Head(column, row))));
    following = false;
    said = "";
    show(cells);
    follow();
  }

  private static String none(Findings findings) {
    return findings == null
        ? "Scores come with the first needle that is found."
        : findings.answered() == 0
            ? "Waiting for the first answer."
            : Ui.sentence(findings.summary()) + ".";
  }

  private static double[][] neverGrey(double[][] values) {
    for (double[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = row[i] == 0 ? Double.NaN : row[i];
      }
    }
    return values;
  }

  /** Equal numbers deviate by nothing but rounding. */
  private static double rounded(double spread) {
    return spread < 1e-9 ? 0 : spread;
  }

  private String words(Head head) {
    RetrievalState state = desk.state();
    Findings findings = state.findings();
    HeadTable table = findings.table(state.definition());
    double value = table.at(head);
    double spread = table.deviation(head);
    String score =
        Double.isNaN(value)
            ? "no score"
            : Ticks.format(value)
                + (Double.isNaN(spread) ? "" : " ± " + Ticks.format(rounded(spread)));
    String text =
        "%s, KV group %d: %s".formatted(head, findings.spec().kvGroup(head.head()), score);
    if (!findings.result().defined()) {
      return text;
    }
    int answered = findings.result().successes().size();
    long active = Math.round(findings.table(Definition.ACTIVATION).at(head) * answered);
    return text + ", active in %d of %d answered needles".formatted(active, answered);
  }
}
