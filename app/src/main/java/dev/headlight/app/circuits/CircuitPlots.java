package dev.headlight.app.circuits;

import dev.headlight.analysis.circuit.Faithfulness;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.renderer.figure.Plot;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Curves of a circuit as plots. */
public final class CircuitPlots {
  private CircuitPlots() {}

  /**
   * Faithfulness over the number of edges.
   *
   * @param points by number of edges, ascending; one or more
   * @param total edges of the model
   * @param here the circuit that is shown, marked; null for none
   */
  public static Plot faithfulness(
      List<Faithfulness.Point> points, int total, Faithfulness.Point here) {
    double[] x = points.stream().mapToDouble(p -> Math.max(1, p.asked())).toArray();
    double[] y = points.stream().mapToDouble(Faithfulness.Point::faithfulness).toArray();
    double most = DoubleStream.of(y).max().orElse(1); // The mark's name stands above it.
    List<Plot.Mark> marks =
        here == null
            ? List.of()
            : List.of(new Plot.Mark("shown", Math.max(1, here.asked()), here.faithfulness()));
    return new Plot(
        new Plot.Axis("edges kept", true, 1, Math.max(2, total)),
        Plot.Axis.around("faithfulness", false, y, new double[] {0, 1.2 * Math.max(1, most)}),
        List.of(new Plot.Series("", x, y, Plot.Role.MAIN)),
        List.of(new Plot.Rule("whole model", 1)),
        marks);
  }

  /** The logit difference that each layer's stream gives. */
  public static Plot lens(LogitLens lens) {
    double[] x = lens.layers().stream().mapToDouble(LogitLens.Layer::layer).toArray();
    double[] y = lens.layers().stream().mapToDouble(LogitLens.Layer::logitDiff).toArray();
    int last = IntStream.of(1, x.length - 1).max().orElse(1);
    return new Plot(
        Plot.Axis.linear("layers passed", 0, last),
        Plot.Axis.around("logit difference", false, y, new double[] {0}),
        List.of(new Plot.Series("", x, y, Plot.Role.MAIN)),
        List.of(new Plot.Rule("", 0)),
        List.of());
  }
}
