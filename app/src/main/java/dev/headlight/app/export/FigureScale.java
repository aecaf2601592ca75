package dev.headlight.app.export;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import java.util.Optional;

/**
 * How weights become colours in a figure.
 *
 * @param kind the curve
 * @param fit whether the limits of one map follow from its cells; else they are fixed
 * @param hideFirst whether the first key is drawn as masked
 * @param limits of one map in place of both; empty for none
 */
public record FigureScale(
    ValueScale.Kind kind, boolean fit, boolean hideFirst, Optional<Limits> limits) {
  private static final double LOG_LEAST = 1e-4;

  /** Without limits of one's own. */
  public FigureScale(ValueScale.Kind kind, boolean fit, boolean hideFirst) {
    this(kind, fit, hideFirst, Optional.empty());
  }

  /** Of one map. */
  public ValueScale of(Matrix cells) {
    ValueScale own = whole(cells);
    return limits.map(l -> l.apply(own, cells)).orElse(own);
  }

  /** Of one map before limits of one's own. */
  public ValueScale whole(Matrix cells) {
    return fit ? ValueScale.fit(kind, cells, hideFirst) : common();
  }

  /** Of several maps: fixed limits, so that they compare. */
  public ValueScale common() {
    return fixed(kind).withHideColumn0(hideFirst);
  }

  private static ValueScale fixed(ValueScale.Kind kind) {
    return switch (kind) {
      case PER_ROW -> ValueScale.perRow();
      case LOG -> ValueScale.of(kind, LOG_LEAST, 1);
      default -> ValueScale.of(kind, 0, 1);
    };
  }
}
