package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.TokenRail;

/** Places and draws a {@link GraphFigure}. */
final class GraphDrawing implements Drawing {
  /** A box is at most so many font sizes high: a small graph need not fill a page. */
  private static final double HIGHEST_BOX = 2.2;

  /** Names are at most this share of their box's height. */
  private static final double LETTERS = 0.62;

  private static final double THINNEST = 0.06;
  private static final double WIDEST = 0.4;

  /** Share of its colour that the weakest line has. */
  private static final double FAINTEST = 0.3;

  private final GraphFigure figure;
  private final Theme theme;
  private final double font;
  private final Header header;
  private final TextStyle note;
  private final double margin;
  private final double left;
  private final double scale;

  GraphDrawing(GraphFigure figure) {
    this.figure = figure;
    theme = figure.style().theme();
    font = figure.style().fontSizePt();
    header = new Header(figure);
    margin = Header.margin(figure);
    note = TextStyle.of(Face.INTER, 0.9 * font, theme.dim());
    double room = width() - 2 * margin;
    double tallest =
        figure.graph().nodes().stream().mapToDouble(Graph.Node::height).max().orElse(1);
    scale = Math.min(room / figure.graph().width(), HIGHEST_BOX * font / tallest);
    left = margin + (room - scale * figure.graph().width()) / 2;
  }

  @Override
  public double width() {
    return figure.style().widthPt();
  }

  private double bottom() {
    return header.bottom() + scale * figure.graph().height();
  }

  @Override
  public double height() {
    return bottom() + (figure.note().isEmpty() ? 0 : 2 * font) + margin;
  }

  @Override
  public void draw(Surface surface) {
    surface.fill(new Box(0, 0, width(), height()), theme.panel());
    header.draw(surface);
    figure.graph().edges().forEach(edge -> edge(surface, edge));
    figure.graph().nodes().forEach(node -> node(surface, node));
    if (!figure.note().isEmpty()) {
      String text = TokenRail.shorten(figure.note(), width() - 2 * margin, note::width);
      surface.text(margin, bottom() + 1.6 * font, text, note);
    }
  }

  private double x(double x) {
    return left + scale * x;
  }

  private double y(double y) {
    return header.bottom() + scale * y;
  }

  private void edge(Surface surface, Graph.Edge edge) {
    double[] xs = edge.x();
    double[] ys = edge.y();
    for (int i = 0; i < xs.length; i++) {
      xs[i] = x(xs[i]);
      ys[i] = y(ys[i]);
    }
    double size = Math.abs(edge.strength());
    int colour = edge.strength() < 0 ? theme.negative() : theme.positive();
    surface.polyline(
        xs,
        ys,
        mixed(colour, FAINTEST + (1 - FAINTEST) * size),
        font * (THINNEST + (WIDEST - THINNEST) * size));
  }

  private int mixed(int colour, double share) {
    int mixed = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double over = colour >> shift & 0xff;
      double under = theme.panel() >> shift & 0xff;
      mixed = mixed << 8 | (int) Math.round(share * over + (1 - share) * under);
    }
    return mixed;
  }

  private void node(Surface surface, Graph.Node node) {
    double wide = scale * node.width();
    double high = scale * node.height();
    Box box = new Box(x(node.x()) - wide / 2, y(node.y()) - high / 2, wide, high);
    surface.fill(box, theme.panel());
    surface.frame(box, theme.faint(), font / 14);
    double size = Math.min(0.9 * font, LETTERS * high);
    TextStyle name = TextStyle.of(Face.INTER, size, theme.text()).anchored(TextStyle.Anchor.MIDDLE);
    double most = 0.94 * wide;
    if (name.width(node.name()) > most) {
      size *= most / name.width(node.name());
      name = TextStyle.of(Face.INTER, size, theme.text()).anchored(TextStyle.Anchor.MIDDLE);
    }
    surface.text(x(node.x()), y(node.y()) + 0.36 * size, node.name(), name);
  }
}
