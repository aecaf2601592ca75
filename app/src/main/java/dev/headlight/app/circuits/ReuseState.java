package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitComparison;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Repair;
import dev.headlight.analysis.pairs.TokenPair;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.Positions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The circuit beside another one of the same model, and what becomes of the answer when attention
 * rows are set. The other circuit stays when the pair changes: it is what that one is held against.
 */
public final class ReuseState {
  private final Runnable changed;
  private CircuitGraph other;
  private String name = "";
  private String changes = "";
  private Repair repair;
  private List<TokenPair> over = List.of();

  ReuseState(Runnable changed) {
    this.changed = changed;
  }

  void clear() {
    repair = null;
  }

  void forget() {
    other = null;
    name = "";
    repair = null;
  }

  /** The other circuit. */
  public Optional<CircuitGraph> other() {
    return Optional.ofNullable(other);
  }

  /** Where the other circuit comes from, for people. */
  public String name() {
    return name;
  }

  /** Holds circuits against this one; null for none. */
  public void against(CircuitGraph circuit, String from) {
    other = circuit;
    name = circuit == null ? "" : from;
    changed.run();
  }

  /**
   * How alike a circuit and the other one are; empty while there is none.
   *
   * @throws dev.headlight.analysis.HeadlightException when the other is of another shape of model
   */
  public Optional<CircuitComparison> comparison(CircuitGraph circuit) {
    return other().map(o -> CircuitComparison.of(circuit, o));
  }

  /** The changes of the repair, as they are typed. */
  public String changes() {
    return changes;
  }

  /** Types other changes; what they did is dropped. */
  public void changes(String typed) {
    if (!typed.equals(changes)) {
      changes = typed;
      repair = null;
      changed.run();
    }
  }

  /**
   * A repair to begin with: the last position attends evenly to the tokens of the clean prompt that
   * are one of the answers, or to the first token where there is none.
   */
  public static String suggestion(Head head, TokenPair pair) {
    int[] clean = pair.clean();
    List<Integer> keys =
        IntStream.range(0, clean.length)
            .filter(i -> clean[i] == pair.answer()[0] || clean[i] == pair.wrong()[0])
            .boxed()
            .toList();
    List<Integer> on = keys.isEmpty() ? List.of(0) : keys;
    double weight = Math.floor(1e4 / on.size()) / 1e4;
    SortedMap<Integer, Double> weights = new TreeMap<>();
    on.forEach(key -> weights.put(key, weight));
    return new Intervention.SetRow(HeadSet.of(head), Positions.at(-1), weights).text();
  }

  /** What the changes did, once asked for. */
  public Optional<Repair> repair() {
    return Optional.ofNullable(repair);
  }

  /** The pairs whose clean prompts were read for {@link #repair}. */
  public List<TokenPair> over() {
    return over;
  }

  /** The changes were tried on the clean prompts of pairs. */
  public void repaired(Repair found, List<TokenPair> pairs) {
    repair = found;
    over = List.copyOf(pairs);
    changed.run();
  }
}
