package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.EdgeScores;
import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a circuits pane knows of one model: the pair, the two maps, the circuit. Belongs to one
 * thread; {@code changed} hears of every change. What was found of another pair is dropped when the
 * pair changes.
 */
public final class CircuitState {
  private final Runnable changed;
  private final PatchView stream = new PatchView(PatchChoice.STREAM);
  private final PatchView heads = new PatchView(PatchChoice.HEADS);
  private TokenPair pair;
  private Verification verification;
  private EdgeScores scores;
  private CircuitGraph.Selection selection = CircuitGraph.Selection.TOP;
  private int edges = 200;
  private CircuitGraph circuit;
  private final List<Faithfulness.Point> curve = new ArrayList<>();
  private LogitParts direct;
  private LogitLens lens;

  /**
   * @param changed hears of changes
   */
  public CircuitState(Runnable changed) {
    this.changed = changed;
  }

  /** The pair that everything is about. */
  public Optional<TokenPair> pair() {
    return Optional.ofNullable(pair);
  }

  /** Another pair; nothing that was found stays. */
  public void pair(TokenPair other) {
    pair = other;
    stream.clear();
    heads.clear();
    verification = null;
    scores = null;
    circuit = null;
    curve.clear();
    direct = null;
    lens = null;
    changed.run();
  }

  /** The map on the left, by layer and position at first. */
  public PatchView stream() {
    return stream;
  }

  /** The map on the right, by head at first. */
  public PatchView heads() {
    return heads;
  }

  /** What a map shows; another choice drops what was found. */
  public void choose(PatchView view, PatchChoice choice) {
    if (view.choose(choice)) {
      verification = view == heads ? null : verification;
      changed.run();
    }
  }

  /** A map begins, or is there. */
  public void found(PatchView view, PatchMap map) {
    view.found(map);
    changed.run();
  }

  /** A cell of a map is there. */
  public void cell(PatchView view, int cell, double value) {
    view.cell(cell, value);
    changed.run();
  }

  /** The strongest estimates beside passes, where asked for. */
  public Optional<Verification> verification() {
    return Optional.ofNullable(verification);
  }

  /** The estimates were verified. */
  public void verified(Verification found) {
    verification = found;
    changed.run();
  }

  /** Every edge's score, once there. */
  public Optional<EdgeScores> scores() {
    return Optional.ofNullable(scores);
  }

  /** Edges were scored; the circuit follows, and its curve begins anew. */
  public void scored(EdgeScores found) {
    scores = found;
    curve.clear();
    select(selection, edges);
  }

  /** How edges are chosen. */
  public CircuitGraph.Selection selection() {
    return selection;
  }

  /** How many are chosen. */
  public int edges() {
    return edges;
  }

  /** Chooses edges; another way of choosing begins the curve anew. */
  public void select(CircuitGraph.Selection how, int count) {
    if (how != selection) {
      curve.clear();
    }
    selection = how;
    edges = count;
    circuit = scores == null ? null : CircuitGraph.select(scores, how, count);
    changed.run();
  }

  /** The circuit, once edges are scored. */
  public Optional<CircuitGraph> circuit() {
    return Optional.ofNullable(circuit);
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

  /** What each part adds to the logits, once asked for. */
  public Optional<LogitParts> direct() {
    return Optional.ofNullable(direct);
  }

  /** What each layer says, once asked for. */
  public Optional<LogitLens> lens() {
    return Optional.ofNullable(lens);
  }

  /** Direct logits and the lens were read. */
  public void read(LogitParts parts, LogitLens layers) {
    direct = parts;
    lens = layers;
    changed.run();
  }
}
