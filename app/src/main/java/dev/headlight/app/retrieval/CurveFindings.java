package dev.headlight.app.retrieval;

import dev.headlight.analysis.retrieval.CurveRequest;
import dev.headlight.analysis.retrieval.CurveResult;
import dev.headlight.renderer.figure.Plot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A masking curve as the pane shows it.
 *
 * @param request what was masked
 * @param result right answers
 * @param baseline share of right answers of the unchanged model, 0 to 1
 */
public record CurveFindings(CurveRequest request, CurveResult result, double baseline) {
  /** Draws of random heads. */
  public static final int DRAWS = 3;

  private static final int[] COUNTS = {1, 2, 5, 10, 20, 50};

  /** Numbers of heads that are masked unless others are asked for: up to half of all. */
  public static List<Integer> counts(int heads) {
    return Arrays.stream(COUNTS).filter(k -> k <= heads / 2).boxed().toList();
  }

  /** Seeds of the draws, those of the command line. */
  public static List<Long> seeds() {
    return LongStream.range(0, DRAWS).boxed().toList();
  }

  /** The curves in percent: without the top heads, and without as many others with their range. */
  public Plot plot() {
    int points = request.counts().size() + 1;
    double[] x = new double[points];
    double[] top = new double[points];
    double[][] random = new double[3][points];
    top[0] = 100 * baseline;
    for (double[] curve : random) {
      curve[0] = 100 * baseline;
    }
    for (int i = 1; i < points; i++) {
      int count = request.counts().get(i - 1);
      x[i] = count;
      top[i] = of(true, count)[0];
      double[] draws = of(false, count);
      random[0][i] = 100 * result.randomMean(count);
      random[1][i] = Arrays.stream(draws).min().orElse(Double.NaN);
      random[2][i] = Arrays.stream(draws).max().orElse(Double.NaN);
    }
    Plot.Series others =
        new Plot.Series(
            "random, " + request.seeds().size() + " draws",
            x,
            random[0],
            random[1],
            random[2],
            Plot.Role.REFERENCE);
    Plot.Series best = new Plot.Series("top by score", x, top, Plot.Role.MAIN);
    return new Plot(
        Plot.Axis.linear("heads masked", 0, x[points - 1]),
        Plot.Axis.linear("needles found, %", 0, 100),
        List.of(others, best));
  }

  private double[] of(boolean top, int count) {
    return IntStream.range(0, result.sets().size())
        .filter(i -> result.sets().get(i).top() == top && result.sets().get(i).count() == count)
        .mapToDouble(i -> 100 * result.accuracy(i))
        .toArray();
  }
}
