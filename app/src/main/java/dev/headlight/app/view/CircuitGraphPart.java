package dev.headlight.app.view;

import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Node;
import dev.headlight.analysis.io.CircuitTables;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.circuits.CircuitExports;
import dev.headlight.app.circuits.CircuitFigures;
import dev.headlight.app.circuits.CircuitLayout;
import dev.headlight.app.circuits.CircuitPlots;
import dev.headlight.app.circuits.EdgeState;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.figure.Plot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.VBox;

/** Which edges carry the answer: scores of all, the strongest drawn, and how faithful they are. */
final class CircuitGraphPart extends RetrievalPart {
  private static final double CURVE = 170;
  private static final List<String> FORMS =
      List.of("svg", "pdf", "png", "json", "dot", "graphml", "csv");

  private static final String SENTENCE =
      "Scores are first-order effects of corrupting an edge, in logits: Σ (u_corrupt − u_clean) ·"
          + " ∂m/∂input. Blue edges carry the answer (corrupting one lowers the difference), red ones"
          + " work against it. Into a head: queries left, keys in the middle, values right.";
  private static final String PUBLISHED =
      "EAP: Syed et al. 2023. EAP-IG: Hanna et al. 2024. Key/value groups are taken apart: each query"
          + " head has keys and values of its own. Layout: Eclipse ELK, layered.";

  private final CircuitDesk desk;
  private final CircuitEdges edges;
  private final EdgeState state;
  private final CircuitDrawing drawing;
  private final PlotView curve;
  private final Button run;
  private final MenuButton more;
  private final Label readout = Ui.wrap(Ui.label("", "token"));
  private final Label drawn = Ui.wrap(Ui.label("", "caption"));
  private final Button verify = Ui.tool(new Button());
  private final VBox verified = new VBox(4);
  private final VBox figure = new VBox(12);
  private final PaneMessage invitation =
      PaneMessage.empty(
          "", "Run scores every edge between embedding, heads, MLPs and logits, to first order.");
  private final PaneMessage early =
      PaneMessage.empty("", "A pair of prompts comes first: draw or write one above.");
  private Object shown;
  private Object drawnCurve;
  private EdgeVerification told;

  CircuitGraphPart(CircuitDesk desk, CircuitEdges edges) {
    this(desk, edges, Ui.tool(new Button("Run")), Ui.tool(new MenuButton("…")));
  }

  private CircuitGraphPart(CircuitDesk desk, CircuitEdges edges, Button run, MenuButton more) {
    super("Circuit", run, more);
    this.desk = desk;
    this.edges = edges;
    this.state = desk.state().edges();
    this.run = run;
    this.more = more;
    this.drawing = new CircuitDrawing(desk.context().painter(), desk.workbench().theme);
    this.curve = new PlotView(desk.context().painter(), desk.workbench().theme);
    getStyleClass().add("circuit-graph");
    run.getStyleClass().add("retrieval-run");
    run.setOnAction(e -> press());
    exports();
    tools(new CircuitEdgeTools(desk, edges));
    curve.setMinHeight(CURVE);
    curve.setPrefHeight(CURVE);
    figure.getChildren().addAll(drawing, curve);
    verify.setText("Verify top " + CircuitEdges.VERIFIED + " exactly");
    verify.setOnAction(e -> edges.verify());
    List.of(readout, drawn, verify, verified).forEach(this::below);
    drawing.chosen.addListener((o, old, now) -> chosen(now));
    desk.whenChanged(this::update);
    update();
  }

  private void exports() {
    more.setAccessibleText("More about the circuit");
    for (String form : FORMS) {
      String name = form.equals("graphml") ? "GraphML" : form.toUpperCase(Locale.ROOT);
      more.getItems().add(Menus.item("Export as " + name + " …", "", () -> export(form)));
    }
    more.getItems().add(Menus.item("Export the curve …", "", this::exportCurve));
    more.getItems().add(Menus.item("Copy as command", "", () -> desk.copy(edges.command())));
  }

  private void export(String form) {
    state
        .circuit()
        .ifPresent(
            circuit ->
                desk.save(
                    "circuit",
                    List.of(form),
                    file ->
                        CircuitExports.graph(
                            file, circuit, state.scores().orElseThrow(), state.over())));
  }

  private void exportCurve() {
    Plot plot = curve.plot();
    if (plot != null) {
      desk.save(
          "faithfulness",
          List.of("pdf", "svg", "png", "csv"),
          file ->
              CircuitExports.drawn(file)
                  ? CircuitExports.figure(
                      file,
                      state.over(),
                      settings(),
                      (style, from) ->
                          CircuitFigures.plot(
                              plot,
                              "Faithfulness",
                              "Faithfulness by number of edges kept; every other edge is corrupted.",
                              style,
                              from))
                  : CircuitExports.table(
                      file,
                      state.over(),
                      settings(),
                      (to, labels) -> CircuitTables.curve(to, state.curve())));
    }
  }

  private Map<String, String> settings() {
    return Map.of("circuit", state.choice().text());
  }

  /** What is drawn. */
  CircuitDrawing drawing() {
    return drawing;
  }

  /** The command line that finds the same. */
  String command() {
    return edges.command();
  }

  /** Scores edges as they are chosen, or takes that back. */
  void press() {
    if (desk.job(Ask.EDGES).isPresent()) {
      desk.cancel(Ask.EDGES);
    } else {
      edges.run();
    }
  }

  private void chosen(Node node) {
    readout.setText(node == null ? "" : drawing.words(node));
    Ui.show(readout, node != null);
    if (node != null && node.type() == Node.Type.HEAD) {
      desk.select(new Head(node.layer(), node.head()));
    }
  }

  private void update() {
    Job<?> job = desk.job(Ask.EDGES).orElse(null);
    boolean circuit = state.circuit().isPresent();
    boolean pair = desk.state().pair().isPresent();
    run.setText(job != null ? "Cancel" : state.scores().isPresent() ? "Run again" : "Run");
    run.setDisable(!pair);
    List<MenuItem> items = more.getItems();
    items.subList(0, items.size() - 1).forEach(i -> i.setDisable(!circuit));
    items.get(items.size() - 1).setDisable(!pair);
    body(job, circuit, pair);
    Ui.show(readout, circuit && drawing.chosen.get() != null);
    verification(job == null && circuit);
  }

  private void body(Job<?> job, boolean circuit, boolean pair) {
    String problem = desk.problem(Ask.EDGES);
    Ui.show(drawn, job == null && circuit);
    if (job != null) {
      if (!job.equals(shown)) {
        show(PaneMessage.busy(job, () -> desk.cancel(Ask.EDGES)));
      }
      shown = job;
    } else if (circuit) {
      shown = figure;
      draw();
      show(figure);
    } else if (!problem.isEmpty()) {
      if (!problem.equals(shown)) {
        show(Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
      }
      shown = problem;
    } else {
      shown = null;
      show(pair ? invitation : early);
    }
    caption(circuit ? SENTENCE : "", PUBLISHED);
  }

  private void draw() {
    drawing.show(state.circuit().orElseThrow());
    int all = state.circuit().orElseThrow().edges().size();
    boolean some = all > CircuitLayout.MOST || all == 0;
    drawn.setText(
        all == 0
            ? "No edge is left: a smaller τ keeps more."
            : some
                ? "The strongest %d of %,d edges are drawn; fewer edges, or ACDC, show all."
                    .formatted(CircuitLayout.MOST, all)
                : "");
    Ui.show(drawn, some);
    List<?> points = state.curve();
    Ui.show(curve, !points.isEmpty());
    Object now = List.of(points, state.here());
    if (!points.isEmpty() && !now.equals(drawnCurve)) {
      drawnCurve = now;
      int total = state.scores().orElseThrow().wiring().edges();
      curve.show(CircuitPlots.faithfulness(state.curve(), total, state.here().orElse(null)));
    }
  }

  /** First-order scores beside passes. */
  private void verification(boolean there) {
    EdgeVerification found = state.verification().orElse(null);
    String problem = desk.problem(Ask.VERIFY_EDGES);
    Ui.show(verify, there && found == null);
    verify.setDisable(desk.job(Ask.VERIFY_EDGES).isPresent());
    Ui.show(verified, there && (found != null || !problem.isEmpty()));
    if (found != null && !found.equals(told)) {
      verified.getChildren().setAll(CircuitGrids.edges(found));
    } else if (found == null && !problem.isEmpty()) {
      verified.getChildren().setAll(Ui.wrap(Ui.label(Ui.sentence(problem), "problem")));
    }
    told = found;
  }
}
