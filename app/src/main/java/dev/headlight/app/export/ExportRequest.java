package dev.headlight.app.export;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * One head's map as a file.
 *
 * @param run number of the pass
 * @param head which head
 * @param tokens the prompt
 * @param format of the file
 * @param file where to
 * @param style look of a figure
 * @param scale of a figure, from its cells
 */
public record ExportRequest(
    long run,
    Head head,
    Tokens tokens,
    Format format,
    Path file,
    FigureStyle style,
    Function<Matrix, ValueScale> scale) {
  /** Kinds of files. */
  public enum Format {
    PNG,
    SVG,
    CSV
  }
}
