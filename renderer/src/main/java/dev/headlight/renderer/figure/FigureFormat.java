package dev.headlight.renderer.figure;

import java.util.Locale;

/** The file formats of figures. */
public enum FigureFormat {
  /** Pixels, with their size on paper. */
  PNG,
  /** Text as text; cells as one picture a map. */
  SVG,
  /** Text as text; cells as rectangles, beyond a number of them as one picture a map. */
  PDF;

  /** Ending of file names, without the dot. */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
