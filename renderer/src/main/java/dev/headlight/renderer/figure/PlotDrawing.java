package dev.headlight.renderer.figure;

/** Places and draws a {@link PlotFigure}. */
final class PlotDrawing implements Drawing {
  private final PlotFigure figure;
  private final Header header;
  private final Box room;
  private final PlotLayout layout;

  PlotDrawing(PlotFigure figure) {
    this.figure = figure;
    this.header = new Header(figure);
    double margin = Header.margin(figure);
    double width = figure.style().widthPt() - 2 * margin;
    this.room = new Box(margin, header.bottom(), width, figure.proportion() * width);
    this.layout =
        new PlotLayout(figure.plot(), figure.style().theme(), figure.style().fontSizePt(), room);
  }

  @Override
  public double width() {
    return figure.style().widthPt();
  }

  @Override
  public double height() {
    return room.bottom() + Header.margin(figure);
  }

  @Override
  public void draw(Surface surface) {
    surface.fill(new Box(0, 0, width(), height()), figure.style().theme().panel());
    header.draw(surface);
    layout.draw(surface);
  }
}
