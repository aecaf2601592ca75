package dev.headlight.app.retrieval;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.retrieval.AssociativeRecall;
import dev.headlight.renderer.figure.Plot;
import java.util.List;
import java.util.stream.Stream;

/** Associative recall as a curve. */
public final class RetrievalCurves {
  private static final int POSITIONS = 4;
  private static final int TOKENS = 4;

  private RetrievalCurves() {}

  /** Numbers of pairs that the model has positions and different tokens for. */
  public static List<Integer> pairs(ModelSpec spec) {
    return Stream.of(4, 8, 16, 32, 64)
        .filter(p -> POSITIONS * p + 1 < spec.maxPositions() && TOKENS * p < spec.vocab())
        .toList();
  }

  /** Recalled keys in percent over the number of pairs. */
  public static Plot recall(List<AssociativeRecall.Point> points) {
    double[] x = points.stream().mapToDouble(AssociativeRecall.Point::pairs).toArray();
    double[] y = points.stream().mapToDouble(p -> 100 * p.accuracy()).toArray();
    return new Plot(
        Plot.Axis.around("key-value pairs", true, x),
        Plot.Axis.linear("keys recalled, %", 0, 100),
        List.of(new Plot.Series("", x, y, Plot.Role.MAIN)));
  }
}
