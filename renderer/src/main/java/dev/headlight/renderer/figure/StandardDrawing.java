package dev.headlight.renderer.figure;

import dev.headlight.renderer.Theme;
import java.util.List;

/** A page with a header at the top, maps below it, and a legend that ends it. */
abstract class StandardDrawing implements Drawing {
  final Theme theme;
  final double font;
  final double margin;
  final Header header;
  private final StandardFigure figure;
  private Legend legend;

  StandardDrawing(StandardFigure figure) {
    this.figure = figure;
    this.theme = figure.style().theme();
    this.font = figure.style().fontSizePt();
    this.margin = Header.margin(figure);
    this.header = new Header(figure);
  }

  /**
   * Places the legend, once the maps have their places.
   *
   * @param x left end of the colour bar; the notes beside it may reach to the right margin
   * @param y top of the colour bar
   * @param notes lines of text
   * @param masked whether a map has masked cells
   */
  final void placeLegend(double x, double y, List<String> notes, boolean masked) {
    Box place = new Box(x, y, width() - margin - x, 0);
    boolean grey = masked || figure.scale().hideColumn0();
    legend = new Legend(figure, figure.scale(), figure.palette(), place, notes, grey);
  }

  /** Draws the maps with what stands around them. */
  abstract void drawMaps(Surface surface);

  @Override
  public final double width() {
    return figure.style().widthPt();
  }

  @Override
  public final double height() {
    return legend.bottom() + margin;
  }

  @Override
  public final void draw(Surface surface) {
    surface.fill(new Box(0, 0, width(), height()), theme.panel());
    header.draw(surface);
    drawMaps(surface);
    legend.draw(surface);
  }
}
