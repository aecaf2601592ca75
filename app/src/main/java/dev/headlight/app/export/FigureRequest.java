package dev.headlight.app.export;

import dev.headlight.analysis.text.Tokens;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.FigureStyle;
import java.util.Optional;
import java.util.function.Function;

/**
 * A figure of the heads of one pass.
 *
 * @param run number of the pass
 * @param content what is drawn of the heads
 * @param tokens the prompt
 * @param style look of the figure
 * @param title instead of the usual one; an empty text for none
 * @param scale of one map, from its cells
 * @param common scale of several heads; it also says whether the first key is hidden
 */
public record FigureRequest(
    long run,
    FigureContent content,
    Tokens tokens,
    FigureStyle style,
    Optional<String> title,
    Function<Matrix, ValueScale> scale,
    ValueScale common) {

  /** The same in another style. */
  public FigureRequest withStyle(FigureStyle other) {
    return new FigureRequest(run, content, tokens, other, title, scale, common);
  }

  /** The same with another scale of one map. */
  public FigureRequest withScale(Function<Matrix, ValueScale> other) {
    return new FigureRequest(run, content, tokens, style, title, other, common);
  }
}
