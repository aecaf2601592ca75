package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How figures look. */
final class FigureOptions {
  private static final double LOG_FLOOR = 1e-4;

  /** Curve of the colours. */
  enum Scale {
    LINEAR,
    LOG,
    SQRT,
    PER_ROW;

    private ValueScale.Kind kind() {
      return ValueScale.Kind.valueOf(name());
    }
  }

  /** How several heads are drawn. */
  enum Arrangement {
    HEADS,
    GRID
  }

  /** Where the colours of one head end. */
  enum Limits {
    FIXED,
    FIT
  }

  /** The names as people write them. */
  static final class ScaleText implements ITypeConverter<Scale> {
    @Override
    public Scale convert(String text) {
      for (Scale scale : Scale.values()) {
        if (scale.name().equalsIgnoreCase(text.replace('-', '_'))) {
          return scale;
        }
      }
      throw new TypeConversionException(
          "expected linear, log, sqrt or per-row, found '" + text + "'");
    }
  }

  @Option(
      names = "--dpi",
      paramLabel = "N",
      defaultValue = "300",
      description = "Pixels per inch of a PNG; default: ${DEFAULT-VALUE}.")
  private int dpi;

  @Option(
      names = "--theme",
      paramLabel = "light|dark|paper",
      defaultValue = "light",
      description = "Theme of figures; default: ${DEFAULT-VALUE}.")
  private Theme theme;

  @Option(
      names = "--width-mm",
      paramLabel = "MM",
      defaultValue = "160",
      description = "Width of figures; default: ${DEFAULT-VALUE}.")
  private double widthMm;

  @Option(
      names = "--font-size",
      paramLabel = "PT",
      defaultValue = "8",
      description = "Size of labels in figures; default: ${DEFAULT-VALUE}.")
  private double fontSize;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Title of figures; '' for none. Default: what they show.")
  private String title;

  @Option(
      names = "--figure",
      paramLabel = "heads|grid",
      description = "One figure a head, or one with all of them; default: by their number.")
  private Arrangement arrangement;

  @Option(
      names = "--limits",
      paramLabel = "fixed|fit",
      description =
          "Ends of one head's colours: 0 and 1 (a log scale: 0.0001 and 1), or of its cells;"
              + " default: fixed, but fit with --hide-sink or --scale log.")
  private Limits limits;

  @Option(names = "--hide-sink", description = "Draw the first key as masked.")
  private boolean hideSink;

  @Option(
      names = "--scale",
      paramLabel = "CURVE",
      defaultValue = "sqrt",
      converter = ScaleText.class,
      description = "linear, log, sqrt or per-row; default: ${DEFAULT-VALUE}.")
  private Scale scale;

  /** Complains about sizes that cannot be drawn, before anything is computed. */
  void check() {
    try {
      style();
    } catch (IllegalArgumentException e) {
      throw new HeadlightException(Kind.INPUT, e.getMessage() + ".", e);
    }
  }

  FigureStyle style() {
    return new FigureStyle(theme, widthMm, fontSize, dpi);
  }

  /** A title instead of the usual one; an empty text for none. */
  Optional<String> title() {
    return Optional.ofNullable(title);
  }

  /** Whether all heads go into one figure; empty where nothing was said. */
  Optional<Boolean> grid() {
    return Optional.ofNullable(arrangement).map(a -> a == Arrangement.GRID);
  }

  /** The scale of one head's weights; unless told, a hidden sink and a logarithm ask for a fit. */
  ValueScale scaleOf(Matrix weights) {
    boolean fit = limits == null ? hideSink || scale == Scale.LOG : limits == Limits.FIT;
    return fit ? ValueScale.fit(scale.kind(), weights, hideSink) : gridScale();
  }

  /** The one scale of many heads. */
  ValueScale gridScale() {
    ValueScale common =
        switch (scale) {
          case PER_ROW -> ValueScale.perRow();
          case LOG -> ValueScale.of(ValueScale.Kind.LOG, LOG_FLOOR, 1);
          default -> ValueScale.of(scale.kind(), 0, 1);
        };
    return common.withHideColumn0(hideSink);
  }
}
