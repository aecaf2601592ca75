package dev.headlight.app.view;

import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.export.Limits;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.MenuItem;

/** The scale that the chosen options mean. */
final class Scales {
  private static final Limits UPPER =
      new Limits(new Limits.Bound(0, false), new Limits.Bound(99, true));

  private Scales() {}

  /** Of all thumbnails: fixed limits, so that heads compare. */
  static ValueScale grid(Workbench w) {
    return figure(w).common();
  }

  /** Of one map: fixed limits, or those of its cells. */
  static ValueScale map(Workbench w, HeadMap map) {
    return map == null ? grid(w) : figure(w).of(map.cells());
  }

  /** The same before the user's limits: what their slider runs along. */
  static ValueScale track(Workbench w, Matrix cells) {
    return cells == null ? grid(w) : figure(w).whole(cells);
  }

  /** Of a difference: centred on 0, symmetric about its largest cell. */
  static ValueScale difference(Workbench w, Matrix cells) {
    boolean root = w.scale.get() == ValueScale.Kind.SQRT;
    return ValueScale.fitSigned(
        root ? ValueScale.Kind.SQRT : ValueScale.Kind.LINEAR, cells, w.hideSink.get());
  }

  /** Of a figure: the same choice, from the figure's own cells. */
  static FigureScale figure(Workbench w) {
    return new FigureScale(
        w.scale.get(), w.fitLimits.get(), w.hideSink.get(), Optional.ofNullable(w.limits.get()));
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
