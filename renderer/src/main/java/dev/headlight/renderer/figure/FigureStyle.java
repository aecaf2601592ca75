package dev.headlight.renderer.figure;

import dev.headlight.renderer.Theme;
import java.util.Objects;

/**
 * How large a figure is and which theme it wears. Its height follows from what it shows.
 *
 * @param theme light or dark
 * @param widthMm width in millimetres, 20..2000
 * @param fontSizePt size of labels in points, 3..72
 * @param dpi pixels per inch of a PNG, 36..2400
 * @param colourBar whether the colour bar and the notes beside it are drawn
 */
public record FigureStyle(
    Theme theme, double widthMm, double fontSizePt, int dpi, boolean colourBar) {

  /** Checks the ranges. */
  public FigureStyle {
    Objects.requireNonNull(theme, "theme");
    check("width in mm", widthMm, 20, 2000);
    check("font size in pt", fontSizePt, 3, 72);
    check("resolution in dpi", dpi, 36, 2400);
  }

  /** With a colour bar. */
  public FigureStyle(Theme theme, double widthMm, double fontSizePt, int dpi) {
    this(theme, widthMm, fontSizePt, dpi, true);
  }

  private static void check(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "the %s of a figure lies in %.0f..%.0f, found %s".formatted(what, least, most, value));
    }
  }

  /** A light figure as wide as a printed page's text (160 mm), 8 pt, 300 dpi. */
  public static FigureStyle page() {
    return new FigureStyle(Theme.LIGHT, 160, 8, 300);
  }

  /** The same in another theme. */
  public FigureStyle withTheme(Theme other) {
    return new FigureStyle(other, widthMm, fontSizePt, dpi, colourBar);
  }

  /** The same in another width. */
  public FigureStyle withWidthMm(double width) {
    return new FigureStyle(theme, width, fontSizePt, dpi, colourBar);
  }

  /** The same with another size of labels. */
  public FigureStyle withFontSizePt(double size) {
    return new FigureStyle(theme, widthMm, size, dpi, colourBar);
  }

  /** The same in another resolution. */
  public FigureStyle withDpi(int resolution) {
    return new FigureStyle(theme, widthMm, fontSizePt, resolution, colourBar);
  }

  /** The same with or without a colour bar and the notes beside it. */
  public FigureStyle withColourBar(boolean drawn) {
    return new FigureStyle(theme, widthMm, fontSizePt, dpi, drawn);
  }

  double widthPt() {
    return widthMm / 25.4 * 72;
  }
}
