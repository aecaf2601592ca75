package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.Acdc;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.pairs.TokenPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Scores of edges, the circuit that is chosen by them, and how faithful it is. */
public final class EdgeState {
  private final Runnable changed;
  private EdgeChoice choice = EdgeChoice.FIRST;
  private List<TokenPair> over = List.of();
  private EdgeScores scores;
  private CircuitGraph circuit;
  private final List<Faithfulness.Point> curve = new ArrayList<>();
  private Faithfulness.Point here;
  private Acdc.Result pruned;
  private EdgeVerification verification;

  EdgeState(Runnable changed) {
    this.changed = changed;
  }

  void clear() {
    over = List.of();
    scores = null;
    circuit = null;
    curve.clear();
    dropOfCircuit();
  }

  private void dropOfCircuit() {
    here = null;
    pruned = null;
    verification = null;
  }

  /** What is asked for. */
  public EdgeChoice choice() {
    return choice;
  }

  /**
   * Asks for something else. Scores stay until they are asked for again; the circuit follows the
   * choice of edges, another threshold takes all of them again, and another way of choosing begins
   * the curve anew.
   */
  public void choose(EdgeChoice other) {
    if (other.equals(choice)) {
      return;
    }
    boolean way = other.selection() != choice.selection();
    boolean edges = way || other.edges() != choice.edges();
    boolean threshold = other.tau() != choice.tau() && pruned != null;
    choice = other;
    if (way) {
      curve.clear();
    }
    if (edges) {
      select();
    } else if (threshold) {
      dropOfCircuit();
    }
    changed.run();
  }

  private void select() {
    dropOfCircuit();
    circuit =
        scores == null ? null : CircuitGraph.select(scores, choice.selection(), choice.edges());
  }

  /** Every edge's score, once there. */
  public Optional<EdgeScores> scores() {
    return Optional.ofNullable(scores);
  }

  /** The pairs that the scores are the mean over. */
  public List<TokenPair> over() {
    return over;
  }

  /** Edges were scored; the circuit follows, and its curve begins anew. */
  public void scored(EdgeScores found, List<TokenPair> pairs) {
    scores = found;
    over = List.copyOf(pairs);
    curve.clear();
    select();
    changed.run();
  }

  /** The circuit, once edges are scored; what ACDC left of it, once that has run. */
  public Optional<CircuitGraph> circuit() {
    return pruned == null ? Optional.ofNullable(circuit) : Optional.of(pruned.circuit());
  }

  /** What ACDC left of the edges that are chosen. */
  public Optional<Acdc.Result> pruned() {
    return Optional.ofNullable(pruned);
  }

  /** ACDC has pruned a circuit; of another one than is chosen now it says nothing. */
  public void pruned(CircuitGraph of, Acdc.Result result) {
    if (Objects.equals(of, circuit)) {
      dropOfCircuit();
      pruned = result;
      changed.run();
    }
  }

  /** Takes all chosen edges again. */
  public void unpruned() {
    dropOfCircuit();
    changed.run();
  }

  /** The strongest edges beside passes, where asked for. */
  public Optional<EdgeVerification> verification() {
    return Optional.ofNullable(verification);
  }

  /** Edges of a circuit were verified. */
  public void verified(CircuitGraph of, EdgeVerification found) {
    if (circuit().filter(of::equals).isPresent()) {
      verification = found;
      changed.run();
    }
  }

  /** Faithfulness by number of edges, as far as it is there, ascending. */
  public List<Faithfulness.Point> curve() {
    return List.copyOf(curve);
  }

  /** A point of the curve is there. */
  public void point(Faithfulness.Point point) {
    curve.removeIf(p -> p.asked() == point.asked());
    curve.add(point);
    curve.sort(Comparator.comparingInt(Faithfulness.Point::asked));
    changed.run();
  }

  /** How faithful the circuit is, once known. */
  public Optional<Faithfulness.Point> here() {
    return Optional.ofNullable(here);
  }

  /** A circuit was measured. */
  public void measured(CircuitGraph of, Faithfulness.Point point) {
    if (circuit().filter(of::equals).isPresent()) {
      here = point;
      changed.run();
    }
  }
}
