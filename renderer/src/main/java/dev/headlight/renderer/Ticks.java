package dev.headlight.renderer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Nice numbers for axes and colour bars, and numbers as text that stay the same width. */
public final class Ticks {
  /** Ticks nearer than this share of the bar would write over each other. */
  private static final double LEAST_GAP = 0.14;

  private Ticks() {}

  /**
   * A labelled place on a bar.
   *
   * @param position 0..1 along the bar
   * @param value the number there
   * @param label the number as text
   */
  public record Tick(double position, double value, String label) {}

  /**
   * Round numbers (1, 2 or 5 times a power of ten apart) inside the limits.
   *
   * @param min lower limit, below {@code max}
   * @param most at most so many, at least 2
   */
  public static List<Double> nice(double min, double max, int most) {
    if (!(min < max) || most < 2) {
      throw new IllegalArgumentException(
          "ticks need rising limits and room for two, found %s, %s, %d".formatted(min, max, most));
    }
    double rough = (max - min) / (most - 1);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (double factor : new double[] {5, 2, 1}) {
      if (factor * power >= rough * (1 - 1e-9)) {
        step = factor * power;
      }
    }
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(min / step - 1e-9);
    for (long i = first; i * step <= max + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Both limits and what lies between: the middle, or powers of ten on a logarithmic scale. */
  public static List<Tick> of(ValueScale scale) {
    List<Tick> ticks = new ArrayList<>();
    ticks.add(tick(0, scale.value(0)));
    if (scale.kind() == ValueScale.Kind.LOG) {
      addPowers(scale, ticks);
    } else {
      ticks.add(tick(0.5, scale.value(0.5)));
    }
    ticks.add(tick(1, scale.value(1)));
    return ticks;
  }

  private static void addPowers(ValueScale scale, List<Tick> ticks) {
    double last = 0;
    for (int e = (int) Math.ceil(Math.log10(scale.min())); Math.pow(10, e) < scale.max(); e++) {
      double position = scale.position(Math.pow(10, e));
      if (position - last >= LEAST_GAP && 1 - position >= LEAST_GAP) {
        ticks.add(tick(position, Math.pow(10, e)));
        last = position;
      }
    }
  }

  private static Tick tick(double position, double value) {
    return new Tick(position, value, label(value));
  }

  /**
   * A read-out with three significant digits and their zeros: 0.573, 0.240, 12.0, 22600; below
   * 0.001 and from a million on with two digits and an exponent: 2.1e-4. Masked is "N/A".
   */
  public static String format(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      return "N/A";
    }
    if (value == 0) {
      return "0.000";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    if (size < 0.0009995 || size >= 999_999.5) {
      return scientific(value);
    }
    int digits = size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Like {@link #format} with its sign, a true one, for changes and differences: +0.573, −12.0. */
  public static String signed(double value) {
    return (value > 0 ? "+" : "") + format(value).replace('-', '−');
  }

  /** Like {@link #format} without trailing zeros and with a true minus sign, for figures. */
  public static String label(double value) {
    String text = format(value);
    int exponent = text.indexOf('e');
    String tail = exponent < 0 ? "" : text.substring(exponent);
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    if (digits.indexOf('.') >= 0) {
      digits = digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
    return (digits + tail).replace('-', '−');
  }

  private static String scientific(double value) {
    String text = String.format(Locale.ROOT, "%.1e", value);
    int e = text.indexOf('e');
    return text.substring(0, e + 1) + Integer.parseInt(text.substring(e + 1));
  }
}
