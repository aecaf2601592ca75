package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.app.export.FigureScale;
import dev.headlight.app.export.Limits;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How figures look. */
final class FigureOptions {
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

  /**
   * Where the colours of one map end.
   *
   * @param fit at those of its cells, else at fixed ones
   * @param own in place of both
   */
  record Ends(boolean fit, Optional<Limits> own) {}

  /** {@code fixed}, {@code fit}, or two limits. */
  static final class EndsText implements ITypeConverter<Ends> {
    @Override
    public Ends convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "fixed" -> new Ends(false, Optional.empty());
        case "fit" -> new Ends(true, Optional.empty());
        default -> new Ends(false, Optional.of(Converters.limits(text)));
      };
    }
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
      paramLabel = "fixed|fit|LOW,HIGH",
      converter = EndsText.class,
      description =
          "Ends of one map's colours: 0 and 1 (a log scale: 0.0001 and 1), of its cells, or two"
              + " weights or percentiles such as 0,99%%; default: fixed, but fit with --hide-sink"
              + " or --scale log.")
  private Ends limits;

  @Option(
      names = "--no-colour-bar",
      description = "Leave out the colour bar and the notes beside it.")
  private boolean noColourBar;

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
    return new FigureStyle(theme, widthMm, fontSize, dpi, !noColourBar);
  }

  /** A title instead of the usual one; an empty text for none. */
  Optional<String> title() {
    return Optional.ofNullable(title);
  }

  /** Whether all heads go into one figure; empty where nothing was said. */
  Optional<Boolean> grid() {
    return Optional.ofNullable(arrangement).map(a -> a == Arrangement.GRID);
  }

  /** How weights become colours; unless told, a hidden sink and a logarithm ask for a fit. */
  FigureScale scale() {
    boolean fit = limits == null ? hideSink || scale == Scale.LOG : limits.fit();
    Optional<Limits> own = limits == null ? Optional.empty() : limits.own();
    return new FigureScale(scale.kind(), fit, hideSink, own);
  }
}
