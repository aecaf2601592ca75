package dev.headlight.samples.train;

import dev.headlight.analysis.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws the course of a training: the loss above, what was measured below, as SVG. */
final class Curves {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 480;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int PANEL = 170;
  private static final int TICKS = 5;
  private static final int TITLE = 70;
  private static final int NAME = 72;
  private static final List<String> COLOURS =
      List.of(
          "#21918c", "#c2543a", "#3b528b", "#8c6bb1", "#7a8b3b", "#b8860b", "#d6589f", "#555555");

  private final StringBuilder svg = new StringBuilder();
  private final double steps;

  private Curves(double steps) {
    this.steps = steps;
  }

  /** Reads {@code loss.csv} and {@code scores.csv} of a folder and writes {@code curves.svg}. */
  static void write(Path folder) throws IOException {
    List<double[]> losses = StepTable.read(folder.resolve("loss.csv")).rows();
    StepTable scores = StepTable.read(folder.resolve("scores.csv"));
    String drawn = new Curves(losses.get(losses.size() - 1)[0]).draw(losses, scores);
    AtomicFiles.writeText(folder.resolve("curves.svg"), drawn);
  }

  private String draw(List<double[]> losses, StepTable scores) {
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\">%n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
        WIDTH, HEIGHT);
    double top = Math.ceil(losses.stream().mapToDouble(row -> row[1]).max().orElse(1));
    Panel loss = new Panel(30, top);
    axes(loss, "loss (nats a token)");
    line(loss, losses, row -> row[1], "#3b528b");
    Panel score = new Panel(260, 1);
    axes(score, "scores");
    List<String> names = scores.columns();
    for (int i = 1; i < names.size(); i++) {
      int column = i;
      String colour = COLOURS.get((i - 1) % COLOURS.size());
      line(score, scores.rows(), row -> row[column], colour);
      text(LEFT + TITLE + NAME * (i - 1), score.y - 10, colour, names.get(i));
    }
    text(WIDTH / 2, HEIGHT - 12, "#333", "step");
    return svg.append("</svg>\n").toString();
  }

  private void axes(Panel panel, String title) {
    text(LEFT, panel.y - 10, "#333", title);
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = panel.top * tick / TICKS;
      double y = panel.y(value);
      append(
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%.1f</text>%n",
          LEFT, y, WIDTH - RIGHT, LEFT - 8, y + 4, value);
      double step = steps * tick / TICKS;
      append(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>%n",
          x(step), panel.y + PANEL + 18, step);
    }
  }

  private void line(
      Panel panel, List<double[]> rows, ToDoubleFunction<double[]> value, String colour) {
    append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"", colour);
    for (double[] row : rows) {
      append("%.1f,%.1f ", x(row[0]), panel.y(value.applyAsDouble(row)));
    }
    append("\"/>%n");
  }

  private void text(int x, int y, String colour, String text) {
    append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n", x, y, colour, text);
  }

  private double x(double step) {
    return LEFT + (WIDTH - LEFT - RIGHT) * step / steps;
  }

  private void append(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }

  /** Where a panel lies, and the value at its top. */
  private record Panel(int y, double top) {
    double y(double value) {
      return y + PANEL * (1 - value / top);
    }
  }
}
