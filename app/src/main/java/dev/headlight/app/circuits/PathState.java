package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.PathPatching;
import dev.headlight.analysis.circuit.PathRequest;
import java.util.Arrays;
import java.util.Optional;

/** Patched paths: which ones, and how far they are. */
public final class PathState {
  private final Runnable changed;
  private PathChoice choice = PathChoice.FIRST;
  private PathPatching.Result result;

  PathState(Runnable changed) {
    this.changed = changed;
  }

  void clear() {
    result = null;
  }

  /** What is asked for. */
  public PathChoice choice() {
    return choice;
  }

  /** Asks for something else; what was found is dropped. */
  public void choose(PathChoice other) {
    if (!other.equals(choice)) {
      choice = other;
      result = null;
      changed.run();
    }
  }

  /** The senders' values, NaN where not reached; empty before the scale is known. */
  public Optional<PathPatching.Result> result() {
    return Optional.ofNullable(result);
  }

  /** Paths begin, or are there. */
  public void found(PathPatching.Result found) {
    result = found;
    changed.run();
  }

  /** A sender is done. */
  public void sender(PathRequest of, int sender, double value) {
    if (result != null && result.request().equals(of)) {
      double[] values = result.values().clone();
      values[sender] = value;
      found(new PathPatching.Result(of, result.contrast(), values));
    }
  }

  /** Share of the senders that are done, 0 to 1. */
  public double done() {
    return result == null
        ? 0
        : Arrays.stream(result.values()).filter(v -> !Double.isNaN(v)).count()
            / (double) result.values().length;
  }
}
