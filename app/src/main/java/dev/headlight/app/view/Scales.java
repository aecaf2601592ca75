package dev.headlight.app.view;

import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import java.util.function.Function;

/** The scale that the chosen options mean. */
final class Scales {
  private Scales() {}

  /** Of all thumbnails: fixed limits, so that heads compare. */
  static ValueScale grid(Workbench w) {
    return fixed(w.scale.get()).withHideColumn0(w.hideSink.get());
  }

  /** Of one map: fixed limits, or those of its cells. */
  static ValueScale map(Workbench w, HeadMap map) {
    boolean hide = w.hideSink.get();
    return w.fitLimits.get() && map != null
        ? ValueScale.fit(w.scale.get(), map.cells(), hide)
        : fixed(w.scale.get()).withHideColumn0(hide);
  }

  /** Of a difference: centred on 0, symmetric about its largest cell. */
  static ValueScale difference(Workbench w, Matrix cells) {
    boolean root = w.scale.get() == ValueScale.Kind.SQRT;
    return ValueScale.fitSigned(
        root ? ValueScale.Kind.SQRT : ValueScale.Kind.LINEAR, cells, w.hideSink.get());
  }

  /** Of a figure: the same choice, from the figure's own cells. */
  static Function<Matrix, ValueScale> figure(Workbench w) {
    ValueScale.Kind kind = w.scale.get();
    boolean hide = w.hideSink.get();
    boolean fit = w.fitLimits.get();
    return cells -> fit ? ValueScale.fit(kind, cells, hide) : fixed(kind).withHideColumn0(hide);
  }

  private static ValueScale fixed(ValueScale.Kind kind) {
    return new FigureScale(kind, false, false).common();
  }

  /** Name of a curve in the menu. */
  static String name(ValueScale.Kind kind) {
    return switch (kind) {
      case SQRT -> "√ scale";
      case LINEAR -> "Linear";
      case LOG -> "Log";
      case PER_ROW -> "Per row";
    };
  }
}
