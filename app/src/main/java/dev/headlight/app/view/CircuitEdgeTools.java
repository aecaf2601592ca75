package dev.headlight.app.view;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.app.circuits.EdgeChoice;
import dev.headlight.app.circuits.EdgeState;
import dev.headlight.app.job.FxDelay;
import dev.headlight.app.view.CircuitDesk.Ask;
import dev.headlight.renderer.Ticks;
import java.util.function.UnaryOperator;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** How a circuit is found: method, pairs, how many edges, ACDC, and how faithful that is. */
final class CircuitEdgeTools extends VBox {
  private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
  private static final int[] STEPS = {3, 5, 10, 20};
  private static final int DRAW_MS = 60;
  private static final int MEASURE_MS = 400;
  private static final String ACDC =
      "ACDC (Conmy et al. 2023) within these edges, from the logits back: an edge goes where"
          + " KL(clean ‖ circuit) of the next token rises by less than τ nats. A pass an edge.";

  private final CircuitDesk desk;
  private final CircuitEdges edges;
  private final EdgeState state;
  private final FxDelay delay = new FxDelay();
  private final MenuButton method = Ui.tool(new MenuButton());
  private final MenuButton steps = Ui.tool(new MenuButton());
  private final MenuButton over = Ui.tool(new MenuButton());
  private final MenuButton choice = Ui.tool(new MenuButton());
  private final Slider slider = new Slider(0, 1, 0.5);
  private final Label count = Ui.figure("");
  private final TextField tau = new TextField();
  private final Button acdc = Ui.tool(new Button("Prune with ACDC"));
  private final HBox pruning = Ui.row(8, Ui.label("τ", "dim"), tau, acdc);
  private final HBox kept = Ui.row(8, Ui.label("edges", "dim"), slider, count);
  private final Label faithful = Ui.label("", "chip");
  private boolean following;

  CircuitEdgeTools(CircuitDesk desk, CircuitEdges edges) {
    super(8);
    this.desk = desk;
    this.edges = edges;
    this.state = desk.state().edges();
    menus();
    slider.setMinWidth(60);
    HBox.setHgrow(slider, Priority.ALWAYS);
    slider.setMaxWidth(360);
    slider.setAccessibleText("How many edges are kept");
    slider.valueProperty().addListener(o -> slid());
    tau.getStyleClass().add("compare-field");
    tau.setPrefWidth(64);
    tau.setAccessibleText("Threshold of ACDC in nats");
    tau.setTooltip(new Tooltip("τ in nats, above 0"));
    tau.setOnAction(e -> threshold());
    acdc.setTooltip(new Tooltip(ACDC));
    acdc.setOnAction(e -> prune());
    FlowPane first = new FlowPane(8, 8, method, steps, over, choice);
    FlowPane second = new FlowPane(8, 8, pruning, faithful);
    first.setRowValignment(VPos.CENTER);
    second.setRowValignment(VPos.CENTER);
    getChildren().addAll(first, kept, second);
    desk.whenChanged(this::update);
    update();
  }

  private void menus() {
    method.setAccessibleText("How edges are scored");
    method
        .getItems()
        .addAll(
            Menus.item(
                "EAP, gradient at the clean prompt",
                "",
                () -> with(c -> c.withMethod(EdgeScores.Method.EAP))),
            Menus.item(
                "EAP-IG, mean gradient from corrupt to clean",
                "",
                () -> with(c -> c.withMethod(EdgeScores.Method.EAP_IG))));
    steps.setAccessibleText("Steps of EAP-IG");
    for (int each : STEPS) {
      steps.getItems().add(Menus.item(each + " steps", "", () -> with(c -> c.withSteps(each))));
    }
    over.setAccessibleText("Pairs that scores are the mean over");
    over.getItems()
        .addAll(
            Menus.item("This pair", "", () -> with(c -> c.withAll(false))),
            Menus.item("All pairs", "", () -> with(c -> c.withAll(true))));
    choice.setAccessibleText("How edges are chosen");
    choice
        .getItems()
        .addAll(
            Menus.item("Strongest anywhere", "", () -> select(CircuitGraph.Selection.TOP)),
            Menus.item(
                "Greedy, from the logits down", "", () -> select(CircuitGraph.Selection.GREEDY)));
  }

  private void with(UnaryOperator<EdgeChoice> change) {
    edges.choose(change.apply(state.choice()));
  }

  private void select(CircuitGraph.Selection how) {
    with(c -> c.withSelection(how, c.edges()));
  }

  private boolean threshold() {
    try {
      double now = Double.parseDouble(tau.getText().strip());
      with(c -> c.withTau(now));
      tau.pseudoClassStateChanged(WRONG, false);
      return true;
    } catch (IllegalArgumentException e) {
      tau.pseudoClassStateChanged(WRONG, true);
      return false;
    }
  }

  private void prune() {
    if (desk.job(Ask.ACDC).isPresent()) {
      desk.cancel(Ask.ACDC);
    } else if (threshold()) {
      edges.prune();
    }
  }

  private void slid() {
    if (following || state.scores().isEmpty()) {
      return;
    }
    int many = kept(slider.getValue());
    count.setText(text(many));
    delay.after("draw", DRAW_MS, () -> with(c -> c.withSelection(c.selection(), many)));
    delay.after("measure", MEASURE_MS, edges::point);
  }

  /** Numbers of edges are equally far apart where they grow by the same factor. */
  private int kept(double value) {
    return (int) Math.round(Math.exp(value * Math.log(total())));
  }

  private int total() {
    return state.scores().map(s -> s.wiring().edges()).orElse(1);
  }

  private String text(int many) {
    return "%,d of %,d".formatted(many, total());
  }

  private void update() {
    EdgeChoice now = state.choice();
    boolean scored = state.scores().isPresent();
    method.setText(now.method() == EdgeScores.Method.EAP ? "EAP" : "EAP-IG");
    steps.setText(now.steps() + " steps");
    Ui.show(steps, now.method() == EdgeScores.Method.EAP_IG);
    over.setText(now.all() ? "all " + desk.pairs().ready().size() + " pairs" : "this pair");
    choice.setText(now.selection() == CircuitGraph.Selection.TOP ? "strongest" : "greedy");
    Ui.show(kept, scored);
    Ui.show(pruning, scored);
    if (!tau.isFocused()) {
      tau.setText(Ticks.format(now.tau()));
    }
    boolean busy = desk.job(Ask.ACDC).isPresent();
    acdc.setText(
        busy ? "Cancel" : state.pruned().isPresent() ? "Take all edges again" : "Prune with ACDC");
    if (scored && !slider.isValueChanging() && !slider.isPressed()) {
      following = true;
      slider.setValue(Math.log(Math.max(1, now.edges())) / Math.log(Math.max(2, total())));
      count.setText(text(Math.min(total(), now.edges())));
      following = false;
    }
    faithful(scored);
  }

  private void faithful(boolean scored) {
    String problem = desk.problem(Ask.CURVE) + desk.problem(Ask.POINT) + desk.problem(Ask.ACDC);
    String pruned = state.pruned().map(p -> ", KL " + Ticks.format(p.kl()) + " nats").orElse("");
    faithful.setText(
        state
            .here()
            .map(
                p ->
                    "faithfulness %s at %,d edges, %d nodes%s"
                        .formatted(Ticks.format(p.faithfulness()), p.edges(), p.nodes(), pruned))
            .orElse(problem.isEmpty() ? "measuring faithfulness …" : problem));
    faithful.setTooltip(
        new Tooltip(
            "(m(circuit) − m(corrupt)) / (m(clean) − m(corrupt)); every other edge is corrupted,"
                + " dangling nodes are pruned"));
    boolean known = state.here().isPresent() || !problem.isEmpty();
    Ui.show(faithful, scored && (known || desk.job(Ask.POINT).isPresent()));
  }
}
