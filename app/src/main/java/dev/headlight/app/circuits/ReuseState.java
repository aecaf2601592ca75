package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.CircuitComparison;
import dev.headlight.analysis.circuit.CircuitGraph;
import dev.headlight.analysis.circuit.Repair;
import java.util.Optional;

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

  /** What the changes did, once asked for. */
  public Optional<Repair> repair() {
    return Optional.ofNullable(repair);
  }

  /** The changes were tried. */
  public void repaired(Repair found) {
    repair = found;
    changed.run();
  }
}
