package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.TokenRail;
import dev.headlight.renderer.TokenRail.Axis;
import dev.headlight.renderer.TokenRail.Label;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Places and draws a {@link GridFigure}. */
final class GridDrawing extends StandardDrawing {
  /** A thumbnail is at most so many font sizes wide. */
  private static final double LARGEST = 11;

  /** Height of all thumbnails in widths of the figure, so that it fits a page. */
  private static final double TALLEST = 1.4;

  /** Most cells a side of a thumbnail in a file that embeds cells. */
  private static final int MOST_CELLS = 64;

  private final GridFigure figure;
  private final double left;
  private final double top;
  private final double pitch;
  private final double side;
  private final TextStyle caption;

  GridDrawing(GridFigure figure) {
    super(figure);
    this.figure = figure;
    this.caption = TextStyle.of(Face.INTER, 0.9 * font, theme.dim());
    this.left =
        margin
            + Math.max(caption.width("layer"), caption.width(Integer.toString(figure.layers())))
            + 0.6 * font;
    this.top = header.bottom() + 1.6 * font;
    double room = figure.style().widthPt() - margin - left;
    this.pitch =
        Math.min(
            Math.min(LARGEST * font, room / figure.heads()), TALLEST * width() / figure.layers());
    this.side = pitch - Math.min(0.35 * font, 0.12 * pitch);
    placeLegend();
  }

  private void placeLegend() {
    List<String> notes =
        List.of(
            "rows layer · columns head",
            Legend.joined("each map: rows query · columns key", figure.scale().caption()));
    placeLegend(left, top + figure.layers() * pitch + font, notes, anyMasked());
  }

  private boolean anyMasked() {
    return IntStream.range(0, figure.layers() * figure.heads())
        .mapToObj(i -> figure.map(i / figure.heads(), i % figure.heads()))
        .anyMatch(map -> map.map(Matrix::hasMasked).orElse(true));
  }

  @Override
  void drawMaps(Surface surface) {
    drawCaptions(surface);
    for (int layer = 0; layer < figure.layers(); layer++) {
      for (int head = 0; head < figure.heads(); head++) {
        drawMap(surface, layer, head);
      }
    }
  }

  private void drawMap(Surface surface, int layer, int head) {
    Box box = new Box(left + head * pitch, top + layer * pitch, side, side);
    Optional<Matrix> map = figure.map(layer, head);
    if (map.isPresent()) {
      surface.image(box, new MapPixels(map.get(), figure.scale(), figure.palette(), MOST_CELLS));
    } else {
      surface.fill(box, figure.palette().masked());
    }
    if (figure.isSelected(layer, head)) {
      surface.frame(box, theme.accent(), Math.max(1, 0.15 * font));
    }
  }

  private void drawCaptions(Surface surface) {
    TextStyle right = caption.anchored(TextStyle.Anchor.END);
    double x = left - 0.6 * font;
    surface.text(x, top - 0.5 * font, "layer", right.coloured(theme.faint()));
    for (Label label : thinned(figure.layers(), 1.3 * font)) {
      double y = top + label.offset() - (pitch - side) / 2 + 0.33 * font;
      surface.text(x, y, label.text(), right);
    }
    TextStyle middle = caption.anchored(TextStyle.Anchor.MIDDLE);
    double widest = caption.width(Integer.toString(figure.heads())) + 0.5 * font;
    for (Label label : thinned(figure.heads(), widest)) {
      double at = left + label.offset() - (pitch - side) / 2;
      surface.text(at, top - 0.5 * font, label.text(), middle);
    }
  }

  private List<Label> thinned(int count, double spacing) {
    List<String> numbers = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    Axis axis = new Axis(0, pitch, count * pitch, spacing, Double.MAX_VALUE);
    return TokenRail.rows(numbers, axis, List.of(), caption::width).labels();
  }
}
