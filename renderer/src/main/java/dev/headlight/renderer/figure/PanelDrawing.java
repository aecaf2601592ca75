package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.TokenRail;
import java.util.List;

/** Places and draws a {@link PanelFigure}. */
final class PanelDrawing extends StandardDrawing {
  /** A panel is at least and at most so many font sizes wide. */
  private static final double NARROWEST = 12;

  private static final double WIDEST = 30;
  private static final double GAP = 1.4;
  private static final double NAME = 1.5;
  private static final double SHORTEST = 0.4;
  private static final double TALLEST = 1.6;

  private final PanelFigure figure;
  private final int columns;
  private final double side;
  private final double height;
  private final TextStyle name;
  private final TextStyle note;

  PanelDrawing(PanelFigure figure) {
    super(figure);
    this.figure = figure;
    this.name = TextStyle.of(Face.INTER_SEMIBOLD, font, theme.text());
    this.note = TextStyle.of(Face.INTER, 0.9 * font, theme.dim());
    double room = figure.style().widthPt() - 2 * margin;
    this.columns = columns(figure.panels().size(), room);
    this.side = Math.min(WIDEST * font, (room - (columns - 1) * GAP * font) / columns);
    this.height = side * proportion();
    double bottom = top(rows() - 1) + height;
    List<String> notes =
        List.of(
            "each map: rows query · columns key",
            Legend.joined(figure.valueName(), figure.scale().caption()));
    boolean masked = figure.panels().stream().anyMatch(panel -> panel.map().hasMasked());
    placeLegend(margin, bottom + 1.5 * font, notes, masked);
  }

  /** As many as the width holds, in rows of about equal length. */
  private int columns(int count, double room) {
    int most = (int) Math.max(1, (room + GAP * font) / ((NARROWEST + GAP) * font));
    int rows = (count + most - 1) / most;
    return (count + rows - 1) / rows;
  }

  private int rows() {
    return (figure.panels().size() + columns - 1) / columns;
  }

  /** Height by width of all panels: that of the first map, within bounds. */
  private double proportion() {
    Matrix map = figure.panels().get(0).map();
    return Math.max(SHORTEST, Math.min(TALLEST, (double) map.rows() / map.columns()));
  }

  private double top(int row) {
    return header.bottom() + row * (height + (NAME + GAP) * font) + NAME * font;
  }

  @Override
  void drawMaps(Surface surface) {
    for (int i = 0; i < figure.panels().size(); i++) {
      draw(surface, figure.panels().get(i), i / columns, i % columns);
    }
  }

  private void draw(Surface surface, PanelFigure.Panel panel, int row, int column) {
    Box box = new Box(margin + column * (side + GAP * font), top(row), side, height);
    double baseline = box.y() - 0.45 * font;
    String title = TokenRail.shorten(panel.name(), side, name::width);
    surface.text(box.x(), baseline, title, name);
    double after = name.width(title) + 0.6 * font;
    if (!panel.note().isEmpty() && after + note.width(panel.note()) <= side) {
      surface.text(box.x() + after, baseline, panel.note(), note);
    }
    surface.image(
        box, new MapPixels(panel.map(), figure.scale(), figure.palette(), Integer.MAX_VALUE));
    surface.frame(box, theme.line(), 0.5);
  }
}
