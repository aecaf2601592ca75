package dev.headlight.app.export;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.ValueScale;
import java.util.Locale;

/**
 * Limits of a map's colours that the user chose.
 *
 * @param low what gets the first colour
 * @param high what gets the last colour
 */
public record Limits(Bound low, Bound high) {
  /** A logarithmic scale spans this ratio where its lower limit is not above 0. */
  private static final double LOG_RATIO = 1e-4;

  /** Least distance of the limits. */
  private static final double LEAST = 1e-9;

  /** Refuses limits that are the wrong way round. */
  public Limits {
    if (low.percent() == high.percent() && !(low.value() < high.value())) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "the lower limit %s is not below the upper limit %s".formatted(low, high));
    }
  }

  /**
   * Reads {@code 0.1,99%}.
   *
   * @throws HeadlightException when these are no two limits, or the wrong way round
   */
  public static Limits parse(String text) {
    String[] ends = text.split(",", -1);
    if (ends.length != 2) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT,
          "\"%s\" are no limits; expected two weights or percentiles, such as 0.1,99%%"
              .formatted(text.strip()));
    }
    return new Limits(Bound.parse(ends[0]), Bound.parse(ends[1]));
  }

  /** Exactly, as {@link #parse} takes it. */
  public String text() {
    return low.text() + "," + high.text();
  }

  /** Fixed weights. */
  public static Limits of(double low, double high) {
    return new Limits(new Bound(low, false), new Bound(high, false));
  }

  /** Percentiles of the cells on view. */
  public static Limits percentiles(double low, double high) {
    return new Limits(new Bound(low, true), new Bound(high, true));
  }

  /**
   * One limit.
   *
   * @param value a weight, or a percentile
   * @param percent whether it is a percentile of the map's cells, 0 to 100
   */
  public record Bound(double value, boolean percent) {
    /**
     * Reads {@code 0.3} or {@code 99%}.
     *
     * @throws HeadlightException when it is neither
     */
    public static Bound parse(String text) {
      String stripped = text.strip();
      boolean percent = stripped.endsWith("%");
      String number = percent ? stripped.substring(0, stripped.length() - 1).strip() : stripped;
      double value;
      try {
        value = Double.parseDouble(number);
      } catch (NumberFormatException e) {
        throw refused(text);
      }
      double most = percent ? 100 : 1;
      if (!(value >= 0 && value <= most)) {
        throw refused(text);
      }
      return new Bound(value, percent);
    }

    private static HeadlightException refused(String text) {
      return new HeadlightException(
          HeadlightException.Kind.INPUT,
          "\"%s\" is no limit; expected a weight from 0 to 1, or a percentile such as 99%%"
              .formatted(text.strip()));
    }

    /** Exactly, as {@link #parse} takes it. */
    String text() {
      String number =
          value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
      return percent ? number + "%" : number;
    }

    /** The limit as a weight. */
    double in(Matrix cells, boolean hideSink) {
      if (!percent) {
        return value;
      }
      double found = cells.percentile(value, hideSink);
      return Double.isNaN(found) ? value / 100 : found;
    }

    @Override
    public String toString() {
      return percent ? String.format(Locale.ROOT, "%s%%", Ticks.label(value)) : Ticks.label(value);
    }
  }

  /**
   * A scale with these limits in place of its own. On a scale of shares of a row's maximum a
   * percentile means a share.
   *
   * @param cells what percentiles are of
   */
  public ValueScale apply(ValueScale scale, Matrix cells) {
    boolean shares = scale.kind() == ValueScale.Kind.PER_ROW;
    double from = shares ? share(low) : low.in(cells, scale.hideColumn0());
    double to = shares ? share(high) : high.in(cells, scale.hideColumn0());
    to = Math.max(to, from + LEAST);
    if (scale.kind() == ValueScale.Kind.LOG && from <= 0) {
      from = to * LOG_RATIO;
    }
    return new ValueScale(scale.kind(), from, to, false, scale.hideColumn0());
  }

  private static double share(Bound bound) {
    return bound.percent() ? bound.value() / 100 : bound.value();
  }

  /** In words: "0.1 to 99%". */
  @Override
  public String toString() {
    return low + " to " + high;
  }
}
