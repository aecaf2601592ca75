package dev.headlight.app.view;

import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.workbench.Limits;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.function.Function;
import javafx.scene.control.MenuItem;

/** The scale that the chosen options mean. */
final class Scales {
  private static final Limits UPPER =
      new Limits(new Limits.Bound(0, false), new Limits.Bound(99, true));

  private Scales() {}

  /** Of all thumbnails: fixed limits, so that heads compare. */
  static ValueScale grid(Workbench w) {
    return fixed(w.scale.get()).withHideColumn0(w.hideSink.get());
  }

  /** Of one map: fixed limits, or those of its cells. */
  static ValueScale map(Workbench w, HeadMap map) {
    ValueScale scale = track(w, map == null ? null : map.cells());
    return w.limits.get() == null || map == null ? scale : w.limits.get().apply(scale, map.cells());
  }

  /** The same before the user's limits: what their slider runs along. */
  static ValueScale track(Workbench w, Matrix cells) {
    boolean hide = w.hideSink.get();
    return w.fitLimits.get() && cells != null
        ? ValueScale.fit(w.scale.get(), cells, hide)
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
    Limits limits = w.limits.get();
    return cells -> {
      ValueScale scale =
          fit ? ValueScale.fit(kind, cells, hide) : fixed(kind).withHideColumn0(hide);
      return limits == null ? scale : limits.apply(scale, cells);
    };
  }

  /** Of one row or column by itself: up to its largest weight. */
  static ValueScale ofLargest(float[] weights, boolean hideFirst) {
    float max = 0;
    for (int i = hideFirst ? 1 : 0; weights != null && i < weights.length; i++) {
      max = weights[i] > max ? weights[i] : max;
    }
    return ValueScale.of(ValueScale.Kind.LINEAR, 0, max > 0 ? max : 1);
  }

  /** Menu items that set the limits of the colours. */
  static List<MenuItem> limits(Workbench w) {
    return List.of(
        Menus.item("1st to 99th percentile", "", () -> w.limits.set(Limits.percentiles(1, 99))),
        Menus.item("0 to the 99th percentile", "", () -> w.limits.set(UPPER)),
        Menus.item("The scale's own limits", "", () -> w.limits.set(null)));
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
