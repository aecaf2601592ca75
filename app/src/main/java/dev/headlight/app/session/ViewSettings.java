package dev.headlight.app.session;

import dev.headlight.analysis.run.Intervention;
import dev.headlight.app.export.FigureScale;
import dev.headlight.renderer.ValueScale;

/** The settings of a view that change figures and numbers, by name. */
public final class ViewSettings {
  /** Curve of the colours. */
  public static final String SCALE = "colour_scale";

  /** Whether a map's limits follow from its cells. */
  public static final String FIT = "fit_limits";

  /** Whether the first key is drawn as masked. */
  public static final String HIDE = "hide_first_key";

  /** What a head is replaced with, to see what it does. */
  public static final String WITHOUT = "replace_head_by";

  private ViewSettings() {}

  /** The scale that a view means. */
  static FigureScale scale(ViewState view) {
    return new FigureScale(
        value(view, SCALE, ValueScale.Kind.SQRT), flag(view, FIT), flag(view, HIDE));
  }

  static Intervention.Mode withoutMode(ViewState view) {
    return value(view, WITHOUT, Intervention.Mode.ZERO);
  }

  private static boolean flag(ViewState view, String name) {
    return Boolean.parseBoolean(view.settings().get(name));
  }

  private static <E extends Enum<E>> E value(ViewState view, String name, E fallback) {
    String text = view.settings().get(name);
    for (E value : fallback.getDeclaringClass().getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    return fallback;
  }
}
