package dev.headlight.renderer;

import java.util.Objects;

/**
 * From a value to its position 0..1 in a colour map.
 *
 * @param kind the curve
 * @param min value at position 0 (for {@link Kind#PER_ROW} a share of the row's maximum)
 * @param max value at position 1
 * @param signed centred on 0 with symmetric limits: 0 is at 0.5, and pooling keeps the largest
 *     magnitude instead of the largest value
 * @param hideColumn0 the first key (the attention sink) is drawn as masked and left out of limits
 */
public record ValueScale(Kind kind, double min, double max, boolean signed, boolean hideColumn0) {

  /** The curves. */
  public enum Kind {
    /** Proportional. */
    LINEAR,
    /** Square root: small weights become visible, 0 stays 0. */
    SQRT,
    /** Logarithm: equal ratios are equal steps; needs a positive minimum. */
    LOG,
    /** Each row divided by its own largest (absolute) value, then proportional. */
    PER_ROW
  }

  /** Decades a fitted logarithmic scale spans at most. */
  private static final double LOG_RATIO = 1e-5;

  /** Checks the limits. */
  public ValueScale {
    Objects.requireNonNull(kind, "kind");
    if (!(min < max) || !Double.isFinite(min) || !Double.isFinite(max)) {
      throw new IllegalArgumentException(
          "a scale needs finite limits, the lower first, found %s and %s".formatted(min, max));
    }
    if (kind == Kind.LOG && (signed || min <= 0)) {
      throw new IllegalArgumentException(
          "a logarithmic scale needs positive limits, found %s and %s".formatted(min, max));
    }
    if (signed && min != -max) {
      throw new IllegalArgumentException(
          "a signed scale needs symmetric limits, found %s and %s".formatted(min, max));
    }
  }

  /** Attention weights: square root over 0..1. */
  public static ValueScale weights() {
    return of(Kind.SQRT, 0, 1);
  }

  /** Fixed limits, unsigned. */
  public static ValueScale of(Kind kind, double min, double max) {
    return new ValueScale(kind, min, max, false, false);
  }

  /** Each row divided by its own largest value. */
  public static ValueScale perRow() {
    return of(Kind.PER_ROW, 0, 1);
  }

  /** Fixed symmetric limits −limit..limit. */
  public static ValueScale signed(Kind kind, double limit) {
    return new ValueScale(kind, -limit, limit, true, false);
  }

  /** From 0 (or the smallest value, if it is negative) to the largest finite value. */
  public static ValueScale fit(Kind kind, Matrix matrix, boolean hideColumn0) {
    return fit(kind, matrix, 100, hideColumn0);
  }

  /**
   * Like {@link #fit(Kind, Matrix, boolean)}, but the upper limit is a percentile; what lies above
   * it gets the last colour.
   *
   * @param upperPercent 0..100, over the finite values
   */
  public static ValueScale fit(Kind kind, Matrix matrix, double upperPercent, boolean hideColumn0) {
    if (kind == Kind.PER_ROW) {
      return perRow().withHideColumn0(hideColumn0);
    }
    int first = hideColumn0 ? 1 : 0;
    double max = upper(matrix, first, upperPercent);
    double min = Math.min(0, MatrixStatistics.min(matrix, first));
    if (kind == Kind.LOG) {
      double smallest = MatrixStatistics.minPositive(matrix, first);
      max = max > 0 ? max : 1;
      min = Double.isNaN(smallest) ? max * LOG_RATIO : Math.max(smallest, max * LOG_RATIO);
      min = min < max ? min : max * LOG_RATIO;
    }
    min = Double.isNaN(min) ? 0 : min;
    max = max > min ? max : min + 1;
    return new ValueScale(kind, min, max, false, hideColumn0);
  }

  private static double upper(Matrix matrix, int first, double percent) {
    return percent == 100
        ? MatrixStatistics.max(matrix, first)
        : MatrixStatistics.percentile(matrix, first, percent);
  }

  /** Symmetric limits at the largest finite magnitude. */
  public static ValueScale fitSigned(Kind kind, Matrix matrix, boolean hideColumn0) {
    int first = hideColumn0 ? 1 : 0;
    double limit =
        Math.max(
            Math.abs(MatrixStatistics.min(matrix, first)),
            Math.abs(MatrixStatistics.max(matrix, first)));
    limit = limit > 0 && kind != Kind.PER_ROW ? limit : 1;
    return new ValueScale(kind, -limit, limit, true, hideColumn0);
  }

  /** The same scale with or without the first column. */
  public ValueScale withHideColumn0(boolean hide) {
    return new ValueScale(kind, min, max, signed, hide);
  }

  /** What to keep when several cells fall on one pixel: the largest value or magnitude. */
  public Pooling pooling() {
    return signed ? Pooling.MAX_ABS : Pooling.MAX;
  }

  /**
   * Position of a value, clamped to 0..1; of {@code NaN} it is {@code NaN}. For {@link
   * Kind#PER_ROW} the value must already be divided by its row's maximum.
   */
  public double position(double value) {
    return signed ? 0.5 + 0.5 * Math.signum(value) * curve(Math.abs(value), 0) : curve(value, min);
  }

  private double curve(double value, double low) {
    double share =
        kind == Kind.LOG
            ? Math.log(value / low) / Math.log(max / low)
            : (value - low) / (max - low);
    if (kind == Kind.LOG && value <= 0) {
      return 0;
    }
    double clamped = Math.min(1, Math.max(0, share));
    return kind == Kind.SQRT ? Math.sqrt(clamped) : clamped;
  }

  /** The value at a position 0..1: the inverse of {@link #position} inside the limits. */
  public double value(double position) {
    if (signed) {
      double share = Math.abs(2 * position - 1);
      return Math.signum(2 * position - 1) * max * (kind == Kind.SQRT ? share * share : share);
    }
    if (kind == Kind.LOG) {
      return min * Math.pow(max / min, position);
    }
    return min + (max - min) * (kind == Kind.SQRT ? position * position : position);
  }

  /** The scale in words for a caption, such as "√ scale, first key hidden"; empty if linear. */
  public String caption() {
    String curve =
        switch (kind) {
          case LINEAR -> "";
          case SQRT -> "√ scale";
          case LOG -> "log scale";
          case PER_ROW -> "each row by its maximum";
        };
    if (!hideColumn0) {
      return curve;
    }
    return curve.isEmpty() ? "first key hidden" : curve + ", first key hidden";
  }

  /** The scale for cells that were pooled with {@link #rowFactors} and without column 0. */
  ValueScale afterPooling() {
    return new ValueScale(kind == Kind.PER_ROW ? Kind.LINEAR : kind, min, max, signed, false);
  }

  /** What each row is multiplied by before pooling, or {@code null} for "by 1". */
  float[] rowFactors(Matrix matrix) {
    return kind == Kind.PER_ROW
        ? MatrixStatistics.rowFactors(matrix, hideColumn0 ? 1 : 0, signed)
        : null;
  }
}
