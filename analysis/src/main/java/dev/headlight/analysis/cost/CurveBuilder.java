package dev.headlight.analysis.cost;

import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** Measures a {@link Curve}, from small amounts to large ones, as long as it stays quick. */
final class CurveBuilder {
  /** A point that is expected to take longer is not measured any more. */
  private static final double LONGEST = 0.1;

  /** What takes longer is measured only once after the warm-up. */
  private static final double ONCE = 0.15;

  private static final int REPEATS = 3;

  private final TreeMap<Double, Double> points = new TreeMap<>();

  /**
   * Adds the best of a few measurements after one to warm up.
   *
   * @param measurement does the work once and says how many seconds it took
   * @return whether a larger amount may follow
   */
  boolean add(double amount, double next, DoubleSupplier measurement) {
    double first = measurement.getAsDouble();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < (first > ONCE ? 1 : REPEATS); i++) {
      best = Math.min(best, measurement.getAsDouble());
    }
    points.merge(amount, best, Math::min);
    return best * next / amount <= LONGEST;
  }

  /** The curve; what took longer than a larger amount was disturbed, and takes as long as that. */
  Curve build() {
    double least = Double.POSITIVE_INFINITY;
    for (var point : points.descendingMap().entrySet()) {
      least = Math.min(least, point.getValue());
      point.setValue(least);
    }
    return new Curve(
        points.keySet().stream().mapToDouble(a -> a).toArray(),
        points.values().stream().mapToDouble(s -> s).toArray());
  }
}
