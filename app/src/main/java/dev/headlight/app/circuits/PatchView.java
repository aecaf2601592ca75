package dev.headlight.app.circuits;

import dev.headlight.analysis.patching.PatchMap;
import java.util.Arrays;
import java.util.Optional;

/** One of the pane's maps: what it shows, and how far it is. */
public final class PatchView {
  private PatchChoice choice;
  private PatchMap map;

  PatchView(PatchChoice choice) {
    this.choice = choice;
  }

  /** What it shows. */
  public PatchChoice choice() {
    return choice;
  }

  /** The cells, NaN where not reached; empty before the scale is known. */
  public Optional<PatchMap> map() {
    return Optional.ofNullable(map);
  }

  /** Share of the cells that are there, 0 to 1. */
  public double done() {
    return map == null
        ? 0
        : Arrays.stream(map.values()).filter(v -> !Double.isNaN(v)).count()
            / (double) map.values().length;
  }

  /** Whether the choice is another one. */
  boolean choose(PatchChoice other) {
    if (other.equals(choice)) {
      return false;
    }
    choice = other;
    map = null;
    return true;
  }

  void clear() {
    map = null;
  }

  void found(PatchMap found) {
    map = found;
  }

  void cell(int cell, double value) {
    double[] values = map.values().clone();
    values[cell] = value;
    map = new PatchMap(map.request(), map.method(), map.contrast(), map.cells(), values);
  }
}
