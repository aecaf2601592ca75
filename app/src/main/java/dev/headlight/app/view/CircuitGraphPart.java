package dev.headlight.app.view;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.CircuitPlots;
import dev.headlight.app.circuits.CircuitState;
import dev.headlight.app.export.CopyCommand;
import dev.headlight.app.job.FxDelay;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.app.workbench.Notice;
import dev.headlight.renderer.Ticks;
import java.io.File;
import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Which edges carry the answer: scores of all, the strongest drawn, and how faithful they are. */
final class CircuitGraphPart extends RetrievalPart {
  private static final int[] STEPS = {3, 5, 10, 20};
  private static final int DRAW_MS = 60;
  private static final int MEASURE_MS = 400;
  private static final double CURVE = 170;

  private static final String SENTENCE =
      "Scores are first-order effects of corrupting an edge, in logits. Blue edges carry the answer"
          + " (corrupting one lowers the difference), red ones work against it. Into a head: queries"
          + " left, keys in the middle, values right.";
  private static final String PUBLISHED =
      "EAP: Syed et al. 2023. EAP-IG: Hanna et al. 2024. Key/value groups are taken apart: each query"
          + " head has keys and values of its own.";

  private final CircuitDesk desk;
  private final CircuitDrawing drawing;
  private final PlotView curve;
  private final FxDelay delay = new FxDelay();
  private final Button run;
  private final MenuButton more;
  private final MenuButton method = Ui.tool(new MenuButton());
  private final MenuButton steps = Ui.tool(new MenuButton());
  private final MenuButton over = Ui.tool(new MenuButton());
  private final MenuButton choice = Ui.tool(new MenuButton());
  private final Slider slider = new Slider(0, 1, 0.5);
  private final Label count = Ui.figure("");
  private final HBox edges = Ui.row(8, Ui.label("edges", "dim"), slider, count);
  private final Label faithful = Ui.label("", "chip");
  private final Label readout = Ui.wrap(Ui.label("", "token"));
  private final VBox figure = new VBox(12);
  private final PaneMessage invitation =
      PaneMessage.empty(
          "", "Run scores every edge between embedding, heads, MLPs and logits, to first order.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private EdgeScores.Method chosenMethod = EdgeScores.Method.EAP_IG;
  private int chosenSteps = 5;
  private boolean all;
  private Object shown;
  private Object drawnCurve;
  private boolean following;

  CircuitGraphPart(CircuitDesk desk) {
    this(desk, Ui.tool(new Button("Run")), Ui.tool(new MenuButton("…")));
  }

  private CircuitGraphPart(CircuitDesk desk, Button run, MenuButton more) {
    super("Circuit", run, more);
    this.desk = desk;
    this.run = run;
    this.more = more;
    this.drawing = new CircuitDrawing(desk.workbench().theme);
    this.curve = new PlotView(desk.context().painter(), desk.workbench().theme);
    getStyleClass().add("circuit-graph");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    more.setAccessibleText("More about the circuit");
    for (String ending : List.of("json", "dot", "graphml", "csv")) {
      String name = ending.equals("graphml") ? "GraphML" : ending.toUpperCase(Locale.ROOT);
      more.getItems().add(Menus.item("Export as " + name + " …", "", () -> export(ending)));
    }
    more.getItems().add(Menus.item("Copy as command", "", this::copy));
    menus();
    slider.setMinWidth(60);
    HBox.setHgrow(slider, Priority.ALWAYS);
    slider.setMaxWidth(360);
    slider.setAccessibleText("How many edges are kept");
    slider.valueProperty().addListener(o -> slid());
    FlowPane menus = new FlowPane(8, 8, method, steps, over, choice, faithful);
    menus.setRowValignment(VPos.CENTER);
    tools(new VBox(8, menus, edges));
    curve.setMinHeight(CURVE);
    curve.setPrefHeight(CURVE);
    figure.getChildren().addAll(drawing, curve);
    below(readout);
    drawing.chosen.addListener((o, old, now) -> chosen(now));
    desk.whenChanged(this::update);
    update();
  }

  private void menus() {
    method.setAccessibleText("How edges are scored");
    method
        .getItems()
        .addAll(
            Menus.item("EAP, gradient at the clean prompt", "", () -> with(EdgeScores.Method.EAP)),
            Menus.item(
                "EAP-IG, mean gradient from corrupt to clean",
                "",
                () -> with(EdgeScores.Method.EAP_IG)));
    steps.setAccessibleText("Steps of EAP-IG");
    for (int each : STEPS) {
      steps
          .getItems()
          .add(
              Menus.item(
                  each + " steps",
                  "",
                  () -> {
                    chosenSteps = each;
                    update();
                  }));
    }
    over.setAccessibleText("Pairs that scores are the mean over");
    over.getItems()
        .addAll(
            Menus.item("This pair", "", () -> over(false)),
            Menus.item("All pairs", "", () -> over(true)));
    choice.setAccessibleText("How edges are chosen");
    choice
        .getItems()
        .addAll(
            Menus.item("Strongest anywhere", "", () -> select(CircuitGraph.Selection.TOP)),
            Menus.item(
                "Greedy, from the logits down", "", () -> select(CircuitGraph.Selection.GREEDY)));
  }

  private void with(EdgeScores.Method now) {
    chosenMethod = now;
    update();
  }

  private void over(boolean every) {
    all = every;
    update();
  }

  private void select(CircuitGraph.Selection how) {
    desk.select(how, desk.state().edges());
  }

  /** What is drawn. */
  CircuitDrawing drawing() {
    return drawing;
  }

  /** Scores edges as they are chosen. */
  void press() {
    if (desk.job(Ask.EDGES).isPresent()) {
      desk.cancel(Ask.EDGES);
    } else {
      desk.edges(chosenMethod, chosenSteps, all);
    }
  }

  private void export(String ending) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export the circuit");
    chooser.setInitialFileName(desk.facts().name() + "-circuit." + ending);
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(ending, "*." + ending));
    File file = chooser.showSaveDialog(desk.context().actions().window());
    if (file != null && desk.state().circuit().isPresent()) {
      desk.exportGraph(file.toPath());
    }
  }

  /** The command line that finds the same. */
  String command() {
    CircuitState state = desk.state();
    return desk.pairs()
        .shown()
        .map(
            p ->
                CircuitArguments.circuit(
                    p.text(), chosenMethod, chosenSteps, state.selection(), state.edges()))
        .map(line -> CopyCommand.of("circuit", desk.facts(), line))
        .orElse("");
  }

  private void copy() {
    NoticeBar.copy(command());
    desk.workbench().notice.set(Notice.info("Copied the command that finds the same."));
  }

  private void slid() {
    if (following || desk.state().scores().isEmpty()) {
      return;
    }
    int kept = kept(slider.getValue());
    count.setText(text(kept));
    delay.after("draw", DRAW_MS, () -> desk.select(desk.state().selection(), kept));
    delay.after("measure", MEASURE_MS, desk::point);
  }

  /** Numbers of edges are equally far apart where they grow by the same factor. */
  private int kept(double value) {
    return (int) Math.round(Math.exp(value * Math.log(total())));
  }

  private int total() {
    return desk.state().scores().map(s -> s.wiring().edges()).orElse(1);
  }

  private String text(int kept) {
    return "%,d of %,d".formatted(kept, total());
  }

  private void chosen(Node node) {
    readout.setText(node == null ? "" : drawing.words(node));
    Ui.show(readout, node != null);
    if (node != null && node.type() == Node.Type.HEAD) {
      desk.select(new Head(node.layer(), node.head()));
    }
  }

  private void update() {
    CircuitState state = desk.state();
    boolean scored = state.scores().isPresent();
    Job<?> job = desk.job(Ask.EDGES).orElse(null);
    method.setText(chosenMethod == EdgeScores.Method.EAP ? "EAP" : "EAP-IG");
    steps.setText(chosenSteps + " steps");
    Ui.show(steps, chosenMethod == EdgeScores.Method.EAP_IG);
    int ready = desk.pairs().ready().size();
    over.setText(all ? "all " + ready + " pairs" : "this pair");
    choice.setText(state.selection() == CircuitGraph.Selection.TOP ? "strongest" : "greedy");
    run.setText(job != null ? "Cancel" : scored ? "Run again" : "Run");
    run.setDisable(state.pair().isEmpty());
    List<MenuItem> items = more.getItems();
    items.subList(0, items.size() - 1).forEach(i -> i.setDisable(state.circuit().isEmpty()));
    items.get(items.size() - 1).setDisable(state.pair().isEmpty());
    Ui.show(edges, scored);
    if (scored && !slider.isValueChanging() && !slider.isPressed()) {
      following = true;
      slider.setValue(Math.log(Math.max(1, state.edges())) / Math.log(Math.max(2, total())));
      count.setText(text(Math.min(total(), state.edges())));
      following = false;
    }
    faithful(scored);
    body(state, job);
  }

  private void faithful(boolean scored) {
    String problem = desk.problem(Ask.CURVE) + desk.problem(Ask.POINT);
    faithful.setText(
        desk.here()
            .map(
                p ->
                    "faithfulness %s at %,d edges, %d nodes"
                        .formatted(Ticks.format(p.faithfulness()), p.edges(), p.nodes()))
            .orElse(problem.isEmpty() ? "measuring faithfulness …" : problem));
    faithful.setTooltip(
        new Tooltip(
            "(m(circuit) − m(corrupt)) / (m(clean) − m(corrupt)); every other edge is corrupted,"
                + " dangling nodes are pruned"));
    boolean known = desk.here().isPresent() || !problem.isEmpty();
    Ui.show(faithful, scored && (known || desk.job(Ask.POINT).isPresent()));
  }

  private void body(CircuitState state, Job<?> job) {
    String problem = desk.problem(Ask.EDGES);
    if (job != null) {
      if (!job.equals(shown)) {
        show(PaneMessage.busy(job, () -> desk.cancel(Ask.EDGES)));
      }
      shown = job;
    } else if (state.circuit().isPresent()) {
      shown = figure;
      draw(state);
      show(figure);
    } else if (!problem.isEmpty()) {
      if (!problem.equals(shown)) {
        show(Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
      }
      shown = problem;
    } else {
      shown = null;
      show(state.pair().isPresent() ? invitation : early);
    }
    caption(state.circuit().isPresent() ? SENTENCE : "", PUBLISHED);
    Ui.show(readout, state.circuit().isPresent() && drawing.chosen.get() != null);
  }

  private void draw(CircuitState state) {
    drawing.show(state.circuit().orElseThrow());
    List<?> points = state.curve();
    Ui.show(curve, !points.isEmpty());
    Object now = List.of(points, desk.here());
    if (!points.isEmpty() && !now.equals(drawnCurve)) {
      drawnCurve = now;
      curve.show(CircuitPlots.faithfulness(state.curve(), total(), desk.here().orElse(null)));
    }
  }
}
