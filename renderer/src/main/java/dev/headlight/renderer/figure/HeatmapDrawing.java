package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.TokenRail;
import dev.headlight.renderer.TokenRail.Axis;
import dev.headlight.renderer.TokenRail.Label;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Places and draws a {@link HeatmapFigure}. */
final class HeatmapDrawing extends StandardDrawing {
  /** A cell is at most so many font sizes wide: a map of three tokens need not fill a page. */
  private static final double LARGEST_CELL = 5;

  /** Keeps the name of the rows clear of a standing first column label. */
  private static final double AXIS_NAME_SHIFT = 0.6;

  private static final double TALLEST = 1.6;
  private static final double GAP = 0.5;

  /** Longest labels, as shares of the figure's width. */
  private static final double LONGEST_ROW = 0.2;

  private static final double LONGEST_COLUMN = 0.13;

  private final HeatmapFigure figure;
  private final TokenRail rowRail;
  private final TokenRail columnRail;
  private final Box map;
  private final TextStyle token;
  private final TextStyle axisName;

  HeatmapDrawing(HeatmapFigure figure) {
    super(figure);
    this.figure = figure;
    this.token = TextStyle.of(Face.JETBRAINS_MONO, 0.85 * font, theme.dim());
    this.axisName = TextStyle.of(Face.INTER, 0.9 * font, theme.dim());
    double railWidth =
        Math.max(
            widest(figure.rowLabels()), axisName.width(figure.rowAxis()) + AXIS_NAME_SHIFT * font);
    double left = margin + Math.min(railWidth, LONGEST_ROW * width()) + GAP * font;
    double room = figure.style().widthPt() - margin - left;
    TokenRail first = columns(mapWidth(room));
    double width = mapWidth(room - Math.max(0, overhang(first, mapWidth(room)) - margin / 2));
    this.columnRail = columns(width);
    double above = Math.max(columnRail.thickness() + GAP * font, 1.5 * font);
    this.map = new Box(left, header.bottom() + above, width, mapHeight(width));
    this.rowRail =
        TokenRail.rows(
            figure.rowLabels(),
            axis(figure.rowLabels(), map.height(), LONGEST_ROW * width()),
            rows(),
            token::width);
    placeLegend();
  }

  private void placeLegend() {
    String axes = "rows %s · columns %s".formatted(figure.rowAxis(), figure.columnAxis());
    String colours = Legend.joined(figure.valueName(), figure.scale().caption());
    boolean masked = figure.matrix().hasMasked();
    placeLegend(map.x(), map.bottom() + 3 * font, List.of(axes, colours), masked);
  }

  private double widest(List<String> labels) {
    return labels.stream().mapToDouble(token::width).max().orElse(0);
  }

  private double mapWidth(double room) {
    return Math.min(room, LARGEST_CELL * font * figure.matrix().columns());
  }

  /** Square cells, as far as the page allows; few long rows get the height of a line of text. */
  private double mapHeight(double width) {
    double square = width / figure.matrix().columns() * figure.matrix().rows();
    double least = Math.min(1.3 * font * figure.matrix().rows(), 0.5 * width);
    return Math.max(least, Math.min(TALLEST * width, square));
  }

  private Axis axis(List<String> labels, double length, double longest) {
    double perToken = length / Math.max(1, labels.size());
    return new Axis(0, perToken, length, 0.97 * token.size(), longest);
  }

  private TokenRail columns(double width) {
    List<String> labels = figure.columnLabels();
    return TokenRail.columns(
        labels, axis(labels, width, LONGEST_COLUMN * width()), marked(), token::width);
  }

  private Collection<Integer> rows() {
    TreeSet<Integer> rows = new TreeSet<>();
    figure.selectedRow().ifPresent(rows::add);
    figure.marks().forEach(mark -> rows.add(mark.row()));
    return rows;
  }

  private Collection<Integer> marked() {
    TreeSet<Integer> columns = new TreeSet<>();
    figure.marks().forEach(mark -> columns.add(mark.column()));
    return columns;
  }

  /** How far slanted labels reach beyond the right edge of the map. */
  private double overhang(TokenRail rail, double width) {
    double cosine = Math.cos(Math.toRadians(rail.rotation()));
    double most = 0;
    for (Label label : rail.labels()) {
      double reach = token.width(label.text()) * (rail.rotation() == 0 ? 0.5 : cosine);
      most = Math.max(most, label.offset() + reach - width);
    }
    return most;
  }

  @Override
  void drawMaps(Surface surface) {
    surface.image(
        map, new MapPixels(figure.matrix(), figure.scale(), figure.palette(), Integer.MAX_VALUE));
    surface.frame(map, theme.line(), 0.5);
    drawMarks(surface);
    drawRails(surface);
    surface.text(
        map.x() - (GAP + AXIS_NAME_SHIFT) * font,
        map.y() - rowAxisRise(),
        figure.rowAxis(),
        axisName.anchored(TextStyle.Anchor.END));
    surface.text(map.x(), map.bottom() + 1.4 * font, figure.columnAxis(), axisName);
  }

  /** How far the name of the rows stands above the map: clear of the first row's label. */
  private double rowAxisRise() {
    double firstLabel = map.height() / figure.matrix().rows() / 2;
    return Math.max(GAP * font, 0.65 * token.size() + 0.3 * font - firstLabel);
  }

  private void drawMarks(Surface surface) {
    double cellWidth = map.width() / figure.matrix().columns();
    double cellHeight = map.height() / figure.matrix().rows();
    double stroke = Math.max(0.6, 0.09 * font);
    figure
        .selectedRow()
        .ifPresent(
            row -> {
              double y = map.y() + row * cellHeight;
              surface.frame(new Box(map.x(), y, map.width(), cellHeight), theme.accent(), stroke);
            });
    for (HeatmapFigure.Mark mark : figure.marks()) {
      double x = map.x() + mark.column() * cellWidth;
      double y = map.y() + mark.row() * cellHeight;
      surface.frame(new Box(x, y, cellWidth, cellHeight), theme.accent(), stroke);
    }
  }

  private void drawRails(Surface surface) {
    TextStyle right = token.anchored(TextStyle.Anchor.END);
    for (Label label : rowRail.labels()) {
      double y = map.y() + label.offset() + 0.36 * token.size();
      surface.text(map.x() - GAP * font, y, label.text(), coloured(right, label));
    }
    boolean upright = columnRail.rotation() == 0;
    TextStyle style =
        token
            .rotated(columnRail.rotation())
            .anchored(upright ? TextStyle.Anchor.MIDDLE : TextStyle.Anchor.START);
    double shift = upright ? 0 : 0.3 * token.size();
    for (Label label : columnRail.labels()) {
      surface.text(
          map.x() + label.offset() + shift,
          map.y() - GAP * font,
          label.text(),
          coloured(style, label));
    }
  }

  private TextStyle coloured(TextStyle style, Label label) {
    return label.chosen() ? style.coloured(theme.accent()) : style;
  }
}
