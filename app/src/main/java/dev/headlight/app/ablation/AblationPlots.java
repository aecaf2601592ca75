package dev.headlight.app.ablation;

import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.renderer.figure.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Curves of an ablation as plots. */
public final class AblationPlots {
  private AblationPlots() {}

  /** The metric over the number of heads that are away; random orders as a mean with its range. */
  public static Plot curves(Curves curves) {
    List<Curves.Curve> random =
        curves.curves().stream().filter(c -> c.order() == Curves.Order.RANDOM).toList();
    List<Plot.Series> series = new ArrayList<>();
    double[] x = null;
    for (Curves.Curve curve : curves.curves()) {
      x = withZero(curve.counts());
      if (curve.order() != Curves.Order.RANDOM) {
        boolean best = curve.order() == Curves.Order.BEST_FIRST;
        series.add(
            new Plot.Series(
                curve.order().text(),
                x,
                from(curves.baseline(), curve.values()),
                best ? Plot.Role.MAIN : Plot.Role.SECOND));
      }
    }
    if (!random.isEmpty()) {
      series.add(0, band(curves.baseline(), random, x));
    }
    double[][] all = series.stream().map(Plot.Series::y).toArray(double[][]::new);
    return new Plot(
        Plot.Axis.linear("heads taken away", 0, x[x.length - 1]),
        Plot.Axis.around(curves.metric() + ", " + curves.metric().unit(), false, all),
        series);
  }

  private static Plot.Series band(double baseline, List<Curves.Curve> random, double[] x) {
    double[] mean = new double[x.length];
    double[] low = new double[x.length];
    double[] high = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int point = i - 1;
      double[] values =
          random.stream().mapToDouble(c -> point < 0 ? baseline : c.values()[point]).toArray();
      mean[i] = IntStream.range(0, values.length).mapToDouble(k -> values[k]).sum() / values.length;
      low[i] = IntStream.range(0, values.length).mapToDouble(k -> values[k]).min().orElse(baseline);
      high[i] =
          IntStream.range(0, values.length).mapToDouble(k -> values[k]).max().orElse(baseline);
    }
    String name = "random, " + random.size() + " draws";
    return new Plot.Series(name, x, mean, low, high, Plot.Role.REFERENCE);
  }

  private static final List<Plot.Role> ROLES =
      List.of(Plot.Role.MAIN, Plot.Role.SECOND, Plot.Role.THIRD, Plot.Role.REFERENCE);

  /** The metric over the scale of an offset, a curve a head; the first four heads have a colour. */
  public static Plot offsets(Offsets found) {
    double[] x = found.scales().stream().mapToDouble(s -> s).toArray();
    List<Plot.Series> series = new ArrayList<>();
    for (int h = 0; h < found.heads().size(); h++) {
      Plot.Role role = ROLES.get(Math.min(h, ROLES.size() - 1));
      series.add(new Plot.Series(found.heads().get(h).toString(), x, found.values()[h], role));
    }
    return new Plot(
        Plot.Axis.linear("α", x[0], x[x.length - 1]),
        Plot.Axis.around(found.metric() + ", " + found.metric().unit(), false, found.values()),
        series);
  }

  private static double[] withZero(int[] counts) {
    return IntStream.rangeClosed(0, counts.length)
        .mapToDouble(i -> i == 0 ? 0 : counts[i - 1])
        .toArray();
  }

  private static double[] from(double baseline, double[] values) {
    return IntStream.rangeClosed(0, values.length)
        .mapToDouble(i -> i == 0 ? baseline : values[i - 1])
        .toArray();
  }
}
