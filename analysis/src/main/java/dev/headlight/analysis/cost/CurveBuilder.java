package dev.headlight.analysis.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Measures a {@link Curve}, from small amounts to large ones, as long as it stays quick. */
final class CurveBuilder {
  /** A point that is expected to take longer is not measured any more. */
  private static final double LONGEST = 0.1;

  /** What takes longer is measured once, without a warm-up. */
  private static final double ONCE = 0.15;

  private static final int REPEATS = 3;

  private final List<double[]> points = new ArrayList<>();

  /**
   * Adds the best of a few measurements after one to warm up.
   *
   * @param measurement does the work once and says how many seconds it took
   * @return whether a larger amount may follow
   */
  boolean add(double amount, double next, DoubleSupplier measurement) {
    double first = measurement.getAsDouble();
    double best = first > ONCE ? first : Double.POSITIVE_INFINITY;
    for (int i = 0; first <= ONCE && i < REPEATS; i++) {
      best = Math.min(best, measurement.getAsDouble());
    }
    points.add(new double[] {amount, best});
    return best * next / amount <= LONGEST;
  }

  Curve build() {
    double[] at = points.stream().mapToDouble(p -> p[0]).toArray();
    double[] seconds = points.stream().mapToDouble(p -> p[1]).toArray();
    return new Curve(at, seconds);
  }
}
