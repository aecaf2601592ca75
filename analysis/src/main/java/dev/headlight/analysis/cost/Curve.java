package dev.headlight.analysis.cost;

/**
 * Seconds by amount of work: what was measured, straight lines between, and beyond the last point
 * the slope that led to it.
 *
 * @param at amounts, ascending, at least one
 * @param seconds measured for each
 */
record Curve(double[] at, double[] seconds) {
  /** Least slope beyond the last point, as a part of the mean: one odd measurement is not a law. */
  private static final double LEAST = 0.7;

  /** Seconds of an amount; below the first point those of the first point. */
  double seconds(double amount) {
    if (amount <= at[0]) {
      return seconds[0];
    }
    for (int i = 1; i < at.length; i++) {
      if (amount <= at[i]) {
        return seconds[i - 1] + slope(i) * (amount - at[i - 1]);
      }
    }
    int last = at.length - 1;
    double mean = seconds[last] / at[last];
    double slope = last == 0 ? mean : Math.max(LEAST * mean, Math.min(mean, slope(last)));
    return seconds[last] + slope * (amount - at[last]);
  }

  private double slope(int point) {
    return (seconds[point] - seconds[point - 1]) / (at[point] - at[point - 1]);
  }
}
