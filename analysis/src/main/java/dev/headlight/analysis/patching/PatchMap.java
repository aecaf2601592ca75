package dev.headlight.analysis.patching;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A patching map, or as much of it as there is.
 *
 * @param request what was asked
 * @param method how the values were found
 * @param contrast what the two prompts say unchanged
 * @param cells in the order of {@link PatchRequest#cells}
 * @param values one a cell, in logits: the patched metric of {@link Method#EXACT}, the estimated
 *     change of {@link Method#ATTRIBUTION}; NaN where not reached
 */
public record PatchMap(
    PatchRequest request,
    Method method,
    Contrast contrast,
    List<PatchCell> cells,
    double[] values) {
  /** How the values of a map were found. */
  public enum Method {
    /** A pass a cell. */
    EXACT("a pass with the values in place"),
    /** To first order: Σ ∂m/∂a · (a_source − a_changed). */
    ATTRIBUTION("first order, Σ ∂m/∂a · (a_source − a_changed); a pass may say otherwise");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    /** What it is, in words. */
    public String text() {
      return text;
    }
  }

  /** Copies what is mutable. */
  public PatchMap {
    cells = List.copyOf(cells);
    values = values.clone();
  }

  /** The metric with the cell patched, in logits; estimated where the method estimates. */
  public double patched(int cell) {
    return method == Method.EXACT
        ? values[cell]
        : request.direction().baseline(contrast) + values[cell];
  }

  /** How much the cell changes the metric, in logits. */
  public double change(int cell) {
    return method == Method.EXACT
        ? values[cell] - request.direction().baseline(contrast)
        : values[cell];
  }

  /**
   * (patched − corrupt) / (clean − corrupt): 0 is the corrupt prompt's answer, 1 the clean one's;
   * values outside 0 to 1 are possible. NaN where the prompts are too alike.
   */
  public double normalised(int cell) {
    return contrast.normalised(patched(cell));
  }

  /** The cells that change most, as indices; cells not reached are left out. */
  public List<Integer> strongest(int count) {
    return IntStream.range(0, cells.size())
        .filter(c -> !Double.isNaN(values[c]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer c) -> -Math.abs(change(c))))
        .limit(count)
        .toList();
  }
}
