package dev.headlight.app.view;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.app.circuits.CircuitArguments;
import dev.headlight.app.circuits.EdgeChoice;
import dev.headlight.app.circuits.EdgeState;
import dev.headlight.app.view.CircuitDesk.Ask;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;

/** Asks for the circuit of a circuits pane: scores of edges, faithfulness, and what ACDC leaves. */
final class CircuitEdges {
  /** How many edges are verified. */
  static final int VERIFIED = 10;

  private static final int CURVE_POINTS = 10;

  private final CircuitDesk desk;
  private final EdgeState state;

  CircuitEdges(CircuitDesk desk) {
    this.desk = desk;
    this.state = desk.state().edges();
    desk.keep(
        "circuit",
        EdgeChoice.FIRST,
        state::choice,
        this::choose,
        EdgeChoice::text,
        EdgeChoice::parse);
  }

  /** Scores every edge, of the pair that is shown or of all that are ready; then the curve. */
  void run() {
    TokenPair shown = desk.state().pair().orElse(null);
    if (shown == null) {
      return;
    }
    List.of(Ask.CURVE, Ask.POINT, Ask.ACDC, Ask.VERIFY_EDGES).forEach(desk::cancel);
    EdgeChoice choice = state.choice();
    List<TokenPair> over = choice.all() ? desk.pairs().ready() : List.of(shown);
    int steps = choice.method() == EdgeScores.Method.EAP ? 1 : choice.steps();
    desk.ask(
        Ask.EDGES,
        "Score edges over " + Ui.count(over.size(), "pair"),
        desk.work().edges(over, choice.method(), steps),
        scores -> {
          state.scored(scores, over);
          curve();
          point();
        });
  }

  /** Chooses otherwise; how faithful the circuit is then is asked by {@link #point()}. */
  void choose(EdgeChoice choice) {
    boolean way = choice.selection() != state.choice().selection();
    boolean edges = way || choice.edges() != state.choice().edges();
    if (edges) {
      List.of(Ask.POINT, Ask.ACDC, Ask.VERIFY_EDGES).forEach(desk::cancel);
    }
    state.choose(choice);
    if (way && state.scores().isPresent()) {
      curve();
      point();
    }
  }

  private void curve() {
    EdgeScores scores = state.scores().orElseThrow();
    List<Integer> sizes = Faithfulness.sizes(scores.wiring(), CURVE_POINTS);
    CircuitGraph.Selection selection = state.choice().selection();
    desk.ask(
        Ask.CURVE,
        "Faithfulness by number of edges",
        desk.work()
            .curve(
                state.over(),
                scores,
                selection,
                sizes,
                p -> Platform.runLater(() -> point(scores, selection, p))),
        done -> {});
  }

  private void point(EdgeScores of, CircuitGraph.Selection by, Faithfulness.Point point) {
    if (state.scores().filter(of::equals).isPresent() && by == state.choice().selection()) {
      state.point(point);
    }
  }

  /** Measures how faithful the circuit is that is shown. */
  void point() {
    state
        .circuit()
        .ifPresent(
            circuit ->
                desk.ask(
                    Ask.POINT,
                    "Faithfulness of the circuit",
                    desk.work().faithfulness(state.over(), circuit),
                    found -> state.measured(circuit, found)));
  }

  /** Corrupts each of the strongest edges alone. */
  void verify() {
    state
        .circuit()
        .ifPresent(
            circuit ->
                desk.ask(
                    Ask.VERIFY_EDGES,
                    "Verify the strongest edges",
                    desk.work().verified(state.over(), circuit, VERIFIED),
                    found -> state.verified(circuit, found)));
  }

  /** Lets ACDC prune the circuit, or takes all chosen edges again. */
  void prune() {
    if (state.pruned().isPresent()) {
      state.unpruned();
      point();
      return;
    }
    state
        .circuit()
        .ifPresent(
            circuit ->
                desk.ask(
                    Ask.ACDC,
                    "ACDC: " + Ui.count(circuit.edges().size(), "edge"),
                    desk.work().pruned(state.over(), circuit, state.choice().tau()),
                    result -> {
                      state.pruned(circuit, result);
                      point();
                    }));
  }

  /** The pairs that are asked about, as texts; the one that is shown, or all that are ready. */
  List<PromptPair> texts() {
    Optional<PromptPair> shown = desk.pairs().shown().map(p -> p.text());
    return state.choice().all() ? desk.pairs().readyTexts() : shown.map(List::of).orElse(List.of());
  }

  /** The command line that finds the same. */
  String command() {
    int verified = state.verification().isPresent() ? VERIFIED : 0;
    return desk.pairCommand(
        "circuit",
        CircuitArguments.circuit(texts(), state.choice(), state.pruned().isPresent(), verified));
  }
}
