package dev.headlight.renderer.figure;

/** A figure whose parts have their places; the same for every file format. */
interface Drawing {
  /** Width in points. */
  double width();

  /** Height in points. */
  double height();

  /** Draws everything, ground first. */
  void draw(Surface surface);

  /** Lays a figure out. */
  static Drawing of(Figure figure) {
    if (figure instanceof HeatmapFigure heatmap) {
      return new HeatmapDrawing(heatmap);
    }
    if (figure instanceof PanelFigure panels) {
      return new PanelDrawing(panels);
    }
    if (figure instanceof PictureFigure picture) {
      return new PictureDrawing(picture);
    }
    if (figure instanceof PlotFigure plot) {
      return new PlotDrawing(plot);
    }
    if (figure instanceof GraphFigure graph) {
      return new GraphDrawing(graph);
    }
    return new GridDrawing((GridFigure) figure);
  }
}
