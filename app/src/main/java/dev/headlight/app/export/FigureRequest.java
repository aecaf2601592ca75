package dev.headlight.app.export;

import dev.headlight.analysis.run.Head;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A figure of the heads of one pass.
 *
 * @param run number of the pass
 * @param kind what is drawn of the heads
 * @param heads the head, or those side by side; of no account where all are drawn
 * @param tokens the prompt
 * @param style look of the figure
 * @param title instead of the usual one; an empty text for none
 * @param scale of one head, from its cells
 * @param common scale of several heads
 */
public record FigureRequest(
    long run,
    Kind kind,
    List<Head> heads,
    Tokens tokens,
    FigureStyle style,
    Optional<String> title,
    Function<Matrix, ValueScale> scale,
    ValueScale common) {

  /** What is drawn. */
  public enum Kind {
    /** One head's map with its tokens. */
    HEAD,
    /** Chosen heads side by side. */
    PANELS,
    /** A thumbnail of every head, layers by heads. */
    GRID
  }

  /** Copies the list. */
  public FigureRequest {
    heads = List.copyOf(heads);
  }

  /** The same in another style. */
  public FigureRequest withStyle(FigureStyle other) {
    return new FigureRequest(run, kind, heads, tokens, other, title, scale, common);
  }
}
