package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.retrieval.Findings;
import dev.headlight.app.retrieval.RetrievalExports;
import dev.headlight.app.retrieval.RetrievalFigures;
import dev.headlight.app.retrieval.RetrievalState;
import dev.headlight.app.retrieval.RetrievalState.Phase;
import dev.headlight.renderer.Palette;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Which needles the model finds: length × depth, filled as the episodes are answered. */
final class RetrievalMap extends RetrievalPart {
  private static final String DEFINITION =
      "Columns: length of the prompt, tokens · rows: depth of the needle · cells: % found";
  private static final String SOURCE =
      "A needle counts as found when the answer has more than half of the wanted words (ROUGE-1"
          + " recall, Lin 2004), as in Wu et al. 2024, Retrieval Head Mechanistically Explains"
          + " Long-Context Factuality. The probe is that of Kamradt 2023.";

  /** A probe has few lengths and depths as a rule. */
  private static final double WIDEST = 200;

  private static final double HIGHEST = 96;

  private final RetrievalDesk desk;
  private final CellGrid cells;
  private final Button probe;
  private final Button run;
  private final MenuButton more;
  private final ProgressBar progress = new ProgressBar(0);
  private final Label status = Ui.label("", "caption");
  private final HBox doing = Ui.row(8, progress, status);
  private final Node message = invitation();

  RetrievalMap(RetrievalDesk desk, RetrievalFiles files, RetrievalProbeForm form, Runnable copy) {
    this(
        desk, files, form, copy, Ui.tool(new Button()), Ui.tool(new Button()), new MenuButton("…"));
  }

  private RetrievalMap(
      RetrievalDesk desk,
      RetrievalFiles files,
      RetrievalProbeForm form,
      Runnable copy,
      Button probe,
      Button run,
      MenuButton more) {
    super("Needle found", probe, run, Ui.tool(more));
    this.desk = desk;
    this.cells = new CellGrid(desk.workbench().theme);
    this.probe = probe;
    this.run = run;
    this.more = more;
    getStyleClass().add("retrieval-map");
    probe.setAccessibleText("What the probe asks");
    probe.setTooltip(new Tooltip("Haystack, needles, lengths, depths and how they are asked"));
    probe.setOnAction(e -> form.toggle(probe));
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    more.setAccessibleText("More about the success map");
    more.getItems()
        .addAll(
            Menus.item("Copy as command", "", copy),
            files.figure(
                "needles",
                (style, from) -> RetrievalFigures.map(desk.state().findings(), style, from)),
            Menus.item(
                "Export map as CSV …",
                "",
                () ->
                    files.save(
                        "needles", "csv", f -> RetrievalExports.map(f, desk.state().findings()))),
            Menus.item(
                "Export answers as CSV …",
                "",
                () ->
                    files.save(
                        "answers",
                        "csv",
                        f -> RetrievalExports.answers(f, desk.state().findings()))));
    progress.getStyleClass().add("busy-bar");
    progress.setPrefWidth(90);
    status.setMinWidth(0);
    status.setWrapText(true);
    status.setMinHeight(USE_PREF_SIZE);
    HBox.setHgrow(status, Priority.ALWAYS);
    below(doing);
    caption(DEFINITION, SOURCE);
    cells.setMost(WIDEST, HIGHEST);
    cells.setAccessibleHelp("Needles found, lengths across and depths down");
    cells.chosen.addListener((o, old, now) -> chosen(now));
    desk.whenChanged(this::update);
    update();
  }

  /** The success map. */
  CellGrid cells() {
    return cells;
  }

  private void press() {
    switch (desk.state().phase()) {
      case RUNNING -> desk.cancel(RetrievalDesk.Ask.PROBE);
      case PAUSED -> desk.resume();
      case EMPTY, DONE -> desk.run();
    }
  }

  private void chosen(CellGrid.Place place) {
    if (place != null && desk.state().findings() != null) {
      desk.state().findings().example(place.row(), place.column()).ifPresent(desk::look);
    }
  }

  private void update() {
    RetrievalState state = desk.state();
    if (state == null) {
      return;
    }
    Findings findings = state.findings();
    probe.setText("Probe: " + state.choice().title(desk.facts().ownTexts()));
    run.setText(
        switch (state.phase()) {
          case EMPTY -> "Run";
          case RUNNING -> "Pause";
          case PAUSED -> "Resume";
          case DONE -> "Run again";
        });
    run.setDisable(
        state.phase() != Phase.RUNNING
            && state.phase() != Phase.PAUSED
            && state.plan() != null
            && !state.plan().ready());
    more.getItems().stream().skip(1).forEach(item -> item.setDisable(findings == null));
    status.setText(status(state));
    Ui.show(doing, !status.getText().isEmpty());
    boolean busy = state.phase() == Phase.RUNNING;
    Ui.show(progress, busy);
    if (findings == null) {
      cells.show(null);
      show(message);
      return;
    }
    int all = findings.result().episodes().size();
    progress.setProgress((double) findings.answered() / all);
    cells.show(table(findings));
    show(cells);
  }

  private String status(RetrievalState state) {
    if (state.findings() != null) {
      String now =
          desk.job(RetrievalDesk.Ask.PROBE).map(Job::message).filter(m -> !m.isEmpty()).orElse("");
      return state.status() + (now.isEmpty() ? "" : " · " + now);
    }
    return state.plan() == null ? "Estimating …" : Ui.sentence(state.plan().text());
  }

  private static Node invitation() {
    return PaneMessage.empty(
        "Which needles does the model find?",
        "A sentence is hidden in filler and asked for at the end. While the answer is written, the"
            + " rows of the heads say which of them fetch it.");
  }

  private CellGrid.Table table(Findings findings) {
    return new CellGrid.Table(
        findings.depths(),
        findings.lengths(),
        findings.percent(),
        RetrievalFigures.percent(),
        Palette.sequential(desk.workbench().theme.get()).map(),
        value -> String.format(Locale.ROOT, "%.0f", value),
        findings::words);
  }
}
