package dev.headlight.app.export;

import dev.headlight.renderer.figure.FigureFormat;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A figure, or the numbers of one, as a file.
 *
 * @param figure what is shown
 * @param format of the file
 * @param file where to
 */
public record ExportRequest(FigureRequest figure, Format format, Path file) {
  /** Kinds of files. */
  public enum Format {
    PNG,
    SVG,
    PDF,
    CSV;

    /** Ending of file names, without the dot. */
    public String suffix() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The figure's format; a table has none. */
    FigureFormat figure() {
      return FigureFormat.valueOf(name());
    }
  }
}
