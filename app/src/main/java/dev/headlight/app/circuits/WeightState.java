package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.HeadTokens;
import java.util.Optional;

/** What the weights of a head say between tokens. */
public final class WeightState {
  private final Runnable changed;
  private HeadTokens.Circuit circuit = HeadTokens.Circuit.OV;
  private WeightMap map;
  private WeightPairs pairs;

  WeightState(Runnable changed) {
    this.changed = changed;
  }

  void clear() {
    map = null;
    pairs = null;
  }

  /** Which of the two circuits is shown. */
  public HeadTokens.Circuit circuit() {
    return circuit;
  }

  /** Shows the other circuit; what was found of the former is dropped. */
  public void choose(HeadTokens.Circuit other) {
    if (other != circuit) {
      circuit = other;
      clear();
      changed.run();
    }
  }

  /** The map between the tokens of a prompt, once asked for. */
  public Optional<WeightMap> map() {
    return Optional.ofNullable(map);
  }

  /** A map is there. */
  public void found(WeightMap found) {
    if (found.circuit() == circuit) {
      map = found;
      pairs = pairs != null && pairs.head().equals(found.head()) ? pairs : null;
      changed.run();
    }
  }

  /** The largest values over the whole vocabulary, once asked for. */
  public Optional<WeightPairs> pairs() {
    return Optional.ofNullable(pairs);
  }

  /** The vocabulary was searched. */
  public void found(WeightPairs found) {
    if (found.circuit() == circuit) {
      pairs = found;
      changed.run();
    }
  }
}
