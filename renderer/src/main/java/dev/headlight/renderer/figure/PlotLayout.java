package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Places the axes of a {@link Plot} in some room, and draws it. */
final class PlotLayout {
  private static final int MOST_TICKS = 6;
  private static final double DOT = 0.3;
  private static final int DOT_CORNERS = 24;

  /** How much of a curve's colour its band has. */
  private static final double BAND = 0.18;

  private final Plot plot;
  private final Theme theme;
  private final double font;
  private final Box room;
  private final Box box;
  private final List<Double> xs;
  private final List<Double> ys;
  private final TextStyle tick;
  private final List<EndLabel> ends;

  /** A curve's name at its end. */
  private record EndLabel(String text, double y, int colour) {}

  /**
   * @param font size of the labels in points
   * @param room everything is drawn inside it
   */
  PlotLayout(Plot plot, Theme theme, double font, Box room) {
    this.plot = plot;
    this.theme = theme;
    this.font = font;
    this.room = room;
    this.tick = TextStyle.of(Face.INTER, 0.9 * font, theme.dim());
    this.ys = ticks(plot.y(), (int) Math.max(2, room.height() / (2.6 * font)));
    List<Double> across = ticks(plot.x(), (int) Math.max(2, room.width() / (5 * font)));
    this.xs = counts(plot) ? whole(across) : across;
    double labels = ys.stream().mapToDouble(y -> tick.width(label(y, ys))).max().orElse(0);
    double left = labels + 0.7 * font;
    double right = Math.max(0.7 * font, widestEnd() + 0.6 * font);
    double top = 0.6 * font;
    double bottom = plot.x().name().isEmpty() ? 1.7 * font : 3.1 * font;
    this.box =
        new Box(
            room.x() + left,
            room.y() + top,
            Math.max(font, room.width() - left - right),
            Math.max(font, room.height() - top - bottom));
    this.ends = ends();
  }

  /** The area between the axes. */
  Box box() {
    return box;
  }

  /** Whether every point stands at a whole number, such as a layer: nothing is between them. */
  private static boolean counts(Plot plot) {
    return !plot.series().isEmpty()
        && plot.series().stream()
            .flatMapToDouble(series -> Arrays.stream(series.x()))
            .allMatch(x -> x == Math.rint(x));
  }

  private static List<Double> whole(List<Double> ticks) {
    List<Double> whole = ticks.stream().filter(t -> Math.abs(t - Math.rint(t)) < 1e-9).toList();
    return whole.size() < 2 ? ticks : whole;
  }

  private static List<Double> ticks(Plot.Axis axis, int most) {
    if (!axis.log()) {
      return Ticks.nice(axis.least(), axis.most(), Math.min(MOST_TICKS, most));
    }
    double decades = Math.log10(axis.most() / axis.least());
    double base = decades > 2 ? 10 : 2;
    int span = (int) Math.ceil(Math.log(axis.most() / axis.least()) / Math.log(base));
    int step = Math.max(1, (span + most - 1) / most);
    List<Double> ticks = new ArrayList<>();
    int first = (int) Math.ceil(Math.log(axis.least()) / Math.log(base) - 1e-9);
    for (int e = Math.floorDiv(first + step - 1, step) * step; ; e += step) {
      double value = Math.pow(base, e);
      if (value > axis.most() * (1 + 1e-9)) {
        return ticks;
      }
      ticks.add(value);
    }
  }

  /** A tick's number, with as many digits as its neighbours need to be told apart. */
  private static String label(double value, List<Double> ticks) {
    long different = ticks.stream().map(PlotLayout::label).distinct().count();
    if (different == ticks.size()) {
      return label(value);
    }
    double step = ticks.get(1) - ticks.get(0);
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value).replace('-', '−');
  }

  private static String label(double value) {
    return Math.abs(value) < 1e-12 ? "0" : Ticks.label(value);
  }

  private double widestEnd() {
    return plot.series().stream()
        .filter(s -> !s.name().isEmpty())
        .mapToDouble(s -> tick.width(s.name()))
        .max()
        .orElse(0);
  }

  private double x(double value) {
    return box.x() + box.width() * plot.x().position(value);
  }

  private double y(double value) {
    double position = Math.max(0, Math.min(1, plot.y().position(value)));
    return box.bottom() - box.height() * position;
  }

  void draw(Surface surface) {
    drawAxes(surface);
    plot.series().forEach(series -> drawBand(surface, series));
    plot.rules().forEach(rule -> drawRule(surface, rule));
    plot.series().forEach(series -> drawCurve(surface, series));
    plot.marks().forEach(mark -> drawMark(surface, mark));
    for (EndLabel end : ends) {
      surface.text(
          box.right() + 0.6 * font, end.y() + 0.32 * font, end.text(), tick.coloured(end.colour()));
    }
  }

  private void drawAxes(Surface surface) {
    double thin = Math.max(0.5, font / 16);
    for (double value : ys) {
      double at = y(value);
      surface.line(box.x(), at, box.right(), at, theme.line(), thin);
      surface.text(
          box.x() - 0.7 * font,
          at + 0.32 * font,
          label(value, ys),
          tick.anchored(TextStyle.Anchor.END));
    }
    for (double value : xs) {
      surface.text(
          x(value),
          box.bottom() + 1.4 * font,
          label(value, xs),
          tick.anchored(TextStyle.Anchor.MIDDLE));
    }
    String name =
        Legend.joined(plot.x().name(), plot.y().name().isEmpty() ? "" : "↑ " + plot.y().name());
    surface.text(box.x(), room.bottom() - 0.35 * font, name, tick);
  }

  private void drawBand(Surface surface, Plot.Series series) {
    double[] x = series.x();
    double[] low = series.low();
    double[] high = series.high();
    if (low.length < 2) {
      return;
    }
    double[] xs2 = new double[2 * x.length];
    double[] ys2 = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      xs2[i] = x(x[i]);
      ys2[i] = y(high[i]);
      xs2[2 * x.length - 1 - i] = x(x[i]);
      ys2[2 * x.length - 1 - i] = y(low[i]);
    }
    surface.polygon(xs2, ys2, mixed(colour(series.role())));
  }

  private int mixed(int colour) {
    int mixed = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double over = colour >> shift & 0xff;
      double under = theme.panel() >> shift & 0xff;
      mixed = mixed << 8 | (int) Math.round(BAND * over + (1 - BAND) * under);
    }
    return mixed;
  }

  private void drawRule(Surface surface, Plot.Rule rule) {
    double at = y(rule.y());
    double dash = 0.5 * font;
    for (double from = box.x(); from < box.right(); from += 2 * dash) {
      surface.line(from, at, Math.min(box.right(), from + dash), at, theme.faint(), font / 12);
    }
    if (!rule.name().isEmpty()) {
      surface.text(
          box.right(),
          at - 0.4 * font,
          rule.name(),
          tick.coloured(theme.faint()).anchored(TextStyle.Anchor.END));
    }
  }

  /** Piece by piece between gaps; a point without neighbours is a dot. */
  private void drawCurve(Surface surface, Plot.Series series) {
    double[] x = series.x();
    double[] y = series.y();
    int from = 0;
    for (int i = 0; i <= y.length; i++) {
      if (i == y.length || Double.isNaN(y[i])) {
        drawPiece(surface, x, y, from, i, colour(series.role()));
        from = i + 1;
      }
    }
  }

  private void drawPiece(Surface surface, double[] x, double[] y, int from, int to, int colour) {
    double[] atX = new double[Math.max(0, to - from)];
    double[] atY = new double[atX.length];
    for (int i = 0; i < atX.length; i++) {
      atX[i] = x(x[from + i]);
      atY[i] = y(y[from + i]);
    }
    if (atX.length == 1) {
      dot(surface, atX[0], atY[0], colour);
    } else if (atX.length > 1) {
      surface.polyline(atX, atY, colour, 0.15 * font);
    }
  }

  private void drawMark(Surface surface, Plot.Mark mark) {
    double atX = x(mark.x());
    double atY = y(mark.y());
    dot(surface, atX, atY, theme.text());
    if (mark.name().isEmpty()) {
      return;
    }
    boolean left = atX > box.x() + 0.75 * box.width();
    TextStyle style = tick.coloured(theme.text());
    surface.text(
        atX + (left ? -0.7 : 0.7) * font,
        atY - 0.6 * font,
        mark.name(),
        left ? style.anchored(TextStyle.Anchor.END) : style);
  }

  private void dot(Surface surface, double atX, double atY, int colour) {
    double[] xs2 = new double[DOT_CORNERS];
    double[] ys2 = new double[DOT_CORNERS];
    for (int i = 0; i < DOT_CORNERS; i++) {
      xs2[i] = atX + DOT * font * Math.cos(2 * Math.PI * i / DOT_CORNERS);
      ys2[i] = atY + DOT * font * Math.sin(2 * Math.PI * i / DOT_CORNERS);
    }
    surface.polygon(xs2, ys2, colour);
  }

  private int colour(Plot.Role role) {
    return switch (role) {
      case MAIN -> theme.accent();
      case REFERENCE -> theme.faint();
      case SECOND -> theme.negative();
      case THIRD -> theme.text();
    };
  }

  /** The names of the curves beside their last points, pushed apart where they would touch. */
  private List<EndLabel> ends() {
    List<EndLabel> labels = new ArrayList<>();
    for (Plot.Series series : plot.series()) {
      double[] y = series.y();
      int last = y.length - 1;
      while (last >= 0 && Double.isNaN(y[last])) {
        last--;
      }
      if (last >= 0 && !series.name().isEmpty()) {
        labels.add(new EndLabel(series.name(), y(y[last]), colour(series.role())));
      }
    }
    labels.sort((a, b) -> Double.compare(a.y(), b.y()));
    double least = 1.2 * font;
    for (int i = 1; i < labels.size(); i++) {
      double above = labels.get(i - 1).y() + least;
      EndLabel label = labels.get(i);
      labels.set(i, new EndLabel(label.text(), Math.max(above, label.y()), label.colour()));
    }
    double over = labels.isEmpty() ? 0 : labels.get(labels.size() - 1).y() - box.bottom();
    return over <= 0 ? labels : raised(labels, over);
  }

  private static List<EndLabel> raised(List<EndLabel> labels, double by) {
    return labels.stream().map(l -> new EndLabel(l.text(), l.y() - by, l.colour())).toList();
  }
}
