package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.patching.PatchMap;
import dev.headlight.analysis.patching.Verification;
import java.util.Map;
import java.util.Optional;

/**
 * What a circuits pane knows of one model: the pair, the two maps, paths, the circuit, what is read
 * off the weights. Belongs to one thread; {@code changed} hears of every change. What was found of
 * another pair is dropped when the pair changes.
 */
public final class CircuitState {
  private final Runnable changed;
  private final PatchView stream = new PatchView(PatchChoice.STREAM);
  private final PatchView heads = new PatchView(PatchChoice.HEADS);
  private final EdgeState edges;
  private final PathState paths;
  private final ReuseState reuse;
  private final WeightState weights;
  private TokenPair pair;
  private Verification verification;
  private LogitParts direct;
  private LogitLens lens;
  private Map<Integer, String> labels = Map.of();

  /**
   * @param changed hears of changes
   */
  public CircuitState(Runnable changed) {
    this.changed = changed;
    edges = new EdgeState(changed);
    paths = new PathState(changed);
    reuse = new ReuseState(changed);
    weights = new WeightState(changed);
  }

  /** The pair that everything is about. */
  public Optional<TokenPair> pair() {
    return Optional.ofNullable(pair);
  }

  /** Another pair; nothing that was found of the former stays. */
  public void pair(TokenPair other) {
    pair = other;
    stream.clear();
    heads.clear();
    verification = null;
    edges.clear();
    paths.clear();
    reuse.clear();
    direct = null;
    lens = null;
    changed.run();
  }

  /** Another model; nothing stays. */
  public void modelChanged() {
    weights.clear();
    reuse.forget();
    pair(null);
  }

  /** The map on the left, by layer and position at first. */
  public PatchView stream() {
    return stream;
  }

  /** The map on the right, by head at first. */
  public PatchView heads() {
    return heads;
  }

  /** Scores of edges and the circuit. */
  public EdgeState edges() {
    return edges;
  }

  /** Patched paths. */
  public PathState paths() {
    return paths;
  }

  /** The circuit beside another one. */
  public ReuseState reuse() {
    return reuse;
  }

  /** What the weights of a head say between tokens. */
  public WeightState weights() {
    return weights;
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

  /** What each part adds to the logits, once asked for. */
  public Optional<LogitParts> direct() {
    return Optional.ofNullable(direct);
  }

  /** What each layer says, once asked for. */
  public Optional<LogitLens> lens() {
    return Optional.ofNullable(lens);
  }

  /** Labels of the lens's tokens, by id. */
  public Map<Integer, String> labels() {
    return labels;
  }

  /** Direct logits and the lens were read. */
  public void read(LogitParts parts, LogitLens layers, Map<Integer, String> names) {
    direct = parts;
    lens = layers;
    labels = Map.copyOf(names);
    changed.run();
  }
}
