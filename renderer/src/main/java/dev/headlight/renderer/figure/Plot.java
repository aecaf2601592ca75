package dev.headlight.renderer.figure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Curves over one axis. Immutable.
 *
 * @param x what runs to the right
 * @param y what runs upwards
 * @param series the curves, drawn in this order
 * @param rules level lines, such as what uniform attention gives
 * @param marks single points that are named
 */
public record Plot(Axis x, Axis y, List<Series> series, List<Rule> rules, List<Mark> marks) {
  /** Checks that nothing is missing. */
  public Plot {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(y, "y");
    series = List.copyOf(series);
    rules = List.copyOf(rules);
    marks = List.copyOf(marks);
  }

  /** Curves without level lines and marks. */
  public Plot(Axis x, Axis y, List<Series> series) {
    this(x, y, series, List.of(), List.of());
  }

  /** How a curve stands out. */
  public enum Role {
    /** The one that is asked about. */
    MAIN,
    /** What it is compared with. */
    REFERENCE,
    /** A second kind beside the main one. */
    SECOND,
    /** A third kind. */
    THIRD
  }

  /**
   * An axis with its limits.
   *
   * @param name what is measured, with its unit
   * @param log whether powers of ten (on the x axis of two) are equally far apart; both limits are
   *     above 0 then
   * @param least lower limit
   * @param most upper limit, above {@code least}
   */
  public record Axis(String name, boolean log, double least, double most) {
    private static final double ROOM = 0.06;

    /** Checks the limits. */
    public Axis {
      Objects.requireNonNull(name, "name");
      if (!(least < most) || Double.isInfinite(most - least) || (log && !(least > 0))) {
        throw new IllegalArgumentException(
            "an axis needs rising limits, above 0 if logarithmic; \"%s\" has %s..%s"
                .formatted(name, least, most));
      }
    }

    /** A linear axis. */
    public static Axis linear(String name, double least, double most) {
      return new Axis(name, false, least, most);
    }

    /**
     * An axis that holds all numbers of some curves, with a little room; NaN counts for nothing.
     */
    public static Axis around(String name, boolean log, double[]... values) {
      double[] all =
          Arrays.stream(values)
              .flatMapToDouble(Arrays::stream)
              .filter(v -> Double.isFinite(v) && (!log || v > 0))
              .toArray();
      double least = Arrays.stream(all).min().orElse(log ? 1 : 0);
      double most = Arrays.stream(all).max().orElse(log ? 10 : 1);
      if (log) {
        return new Axis(name, true, least / 1.3, Math.max(most, least) * 1.3);
      }
      double room = most > least ? ROOM * (most - least) : Math.max(1e-3, Math.abs(most) * ROOM);
      return new Axis(name, false, least - room, most + room);
    }

    /** Where a number stands, 0..1 between the limits. */
    public double position(double value) {
      return log
          ? Math.log(value / least) / Math.log(most / least)
          : (value - least) / (most - least);
    }

    /** The number at a place, 0..1 between the limits. */
    public double value(double position) {
      return log ? least * Math.pow(most / least, position) : least + position * (most - least);
    }
  }

  /**
   * A curve.
   *
   * @param name stands at its end; may be empty
   * @param x rising
   * @param y one number an x; NaN leaves a gap
   * @param low lower edge of a band around it, or empty for none
   * @param high upper edge of the band, or empty for none
   * @param role which colour it has
   */
  public record Series(
      String name, double[] x, double[] y, double[] low, double[] high, Role role) {
    /** Checks and copies the numbers. */
    public Series {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(role, "role");
      x = x.clone();
      y = y.clone();
      low = low.clone();
      high = high.clone();
      boolean band = low.length == x.length && high.length == x.length;
      if (x.length != y.length || (!band && low.length + high.length > 0)) {
        throw new IllegalArgumentException(
            "the curve \"%s\" has %d x, %d y and a band of %d and %d"
                .formatted(name, x.length, y.length, low.length, high.length));
      }
    }

    /** A curve without a band. */
    public Series(String name, double[] x, double[] y, Role role) {
      this(name, x, y, new double[0], new double[0], role);
    }

    @Override
    public double[] x() {
      return x.clone();
    }

    @Override
    public double[] y() {
      return y.clone();
    }

    @Override
    public double[] low() {
      return low.clone();
    }

    @Override
    public double[] high() {
      return high.clone();
    }
  }

  /**
   * A level line.
   *
   * @param name stands on it; may be empty
   * @param y its height
   */
  public record Rule(String name, double y) {}

  /**
   * A named point.
   *
   * @param name stands beside it; may be empty
   */
  public record Mark(String name, double x, double y) {}
}
