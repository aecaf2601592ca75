package dev.headlight.app.report;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.io.AtomicFiles;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Writes figures as PNG or SVG, by the ending of the file's name. */
public final class FigureFiles {
  private FigureFiles() {}

  /**
   * Writes a figure, whole or not at all.
   *
   * @return the file
   * @throws HeadlightException when it cannot be written or would be too large
   */
  public static Path write(Figure figure, Path file) {
    if (file.toString().endsWith(".svg")) {
      AtomicFiles.writeText(
          file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + FigureWriter.svg(figure));
    } else {
      byte[] png = png(figure);
      AtomicFiles.write(file, out -> out.write(png));
    }
    return file;
  }

  private static byte[] png(Figure figure) {
    try {
      return FigureWriter.png(figure);
    } catch (IOException e) {
      throw new HeadlightException(Kind.INPUT, e.getMessage() + ".", e);
    }
  }
}
