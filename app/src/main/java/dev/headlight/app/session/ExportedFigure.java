package dev.headlight.app.session;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.export.ExportRequest;
import dev.headlight.app.export.FigureContent;
import dev.headlight.app.export.FigureRequest;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A figure or table that was written, with all that is needed to write it again.
 *
 * @param file its name, without folder
 * @param format of the file
 * @param content what is drawn
 * @param style look of the figure
 * @param title instead of the usual one; an empty text for none
 * @param scale with the limits that were drawn
 * @param prompt of the pass
 */
public record ExportedFigure(
    String file,
    ExportRequest.Format format,
    FigureContent content,
    FigureStyle style,
    Optional<String> title,
    ValueScale scale,
    PromptState prompt) {
  /** The map of one head as a new window would write it. */
  public static ExportedFigure of(
      Head head, ExportRequest.Format format, ValueScale scale, PromptState prompt) {
    return new ExportedFigure(
        head + "." + format.suffix(),
        format,
        FigureContent.of(head),
        FigureStyle.page(),
        Optional.empty(),
        scale,
        prompt);
  }

  /** Whether a name leads to a file of the folder it is looked up in, and nowhere else. */
  static boolean plain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }

  /** Under another name. */
  public ExportedFigure named(String other) {
    return new ExportedFigure(other, format, content, style, title, scale, prompt);
  }

  /**
   * The request that writes it again.
   *
   * @param run number of the pass on {@link #prompt}
   * @param tokens of that pass
   * @param folder to write into
   */
  public ExportRequest request(long run, Tokens tokens, Path folder) {
    FigureRequest figure =
        new FigureRequest(run, content, tokens, style, title, cells -> scale, scale);
    return new ExportRequest(figure, format, folder.resolve(file));
  }
}
