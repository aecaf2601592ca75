package dev.headlight.app.session;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureContent.Kind;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.export.Limits;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings of a view that change figures and numbers, by name. */
public final class ViewSettings {
  /** Curve of the colours. */
  public static final String SCALE = "colour_scale";

  /** Whether a map's limits follow from its cells. */
  public static final String FIT = "fit_limits";

  /** Whether the first key is drawn as masked. */
  public static final String HIDE = "hide_first_key";

  /** Limits of a map's colours in place of both, as {@link Limits#text}; empty for none. */
  public static final String LIMITS = "colour_limits";

  /** What a head is replaced with, to see what it does. */
  public static final String WITHOUT = "replace_head_by";

  /** Begin of the names of what panes keep for themselves, such as {@code pane.head.unit}. */
  public static final String PANE = "pane.";

  /** What the rows and columns of a pane's map stand for. */
  public static final String UNIT = "unit";

  /** Heads whose mean a pane shows. */
  public static final String MEAN = "mean";

  /** The selection of a pane that does not follow the others. */
  public static final String PIN = "pin";

  /** The pane that a new window shows a head in. */
  private static final String HEAD_PANE = PANE + "head.";

  private ViewSettings() {}

  /** The scale that a view means. */
  static FigureScale scale(ViewState view) {
    return new FigureScale(
        value(view, SCALE, ValueScale.Kind.SQRT), flag(view, FIT), flag(view, HIDE), limits(view));
  }

  private static Optional<Limits> limits(ViewState view) {
    return text(view, LIMITS).flatMap(text -> read(() -> Limits.parse(text)));
  }

  /** What the head pane shows while a head is selected: that head, or a mean; a pin is ignored. */
  static FigureContent content(ViewState view, Head head, ModelSpec spec) {
    if (text(view, HEAD_PANE + PIN).isPresent()) {
      return FigureContent.of(head);
    }
    TextUnit unit = value(view, HEAD_PANE + UNIT, TextUnit.TOKEN);
    return text(view, HEAD_PANE + MEAN)
        .flatMap(heads -> read(() -> List.copyOf(HeadSet.parse(heads).resolve(spec))))
        .map(heads -> new FigureContent(Kind.MEAN, heads, unit))
        .orElseGet(() -> new FigureContent(Kind.HEAD, List.of(head), unit));
  }

  private static Optional<String> text(ViewState view, String name) {
    return Optional.ofNullable(view.settings().get(name)).filter(text -> !text.isEmpty());
  }

  /** A value that cannot be read counts as not chosen. */
  private static <T> Optional<T> read(Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (HeadlightException e) {
      return Optional.empty();
    }
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
