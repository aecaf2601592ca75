package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Ticks;
import dev.headlight.renderer.figure.Plot;
import dev.headlight.renderer.figure.PlotImage;
import java.util.StringJoiner;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;

/**
 * Curves that fill their room, drawn as they are exported; the pointer reads the nearest numbers.
 */
final class PlotView extends Region {
  private static final double FONT = 12;
  private static final double SMALLEST = 40;

  private final LatestOnly painter;
  private final ObservableValue<Theme> theme;
  private final PixelView pixels = new PixelView();
  private final Line hair = new Line();
  private final Label readout = Ui.label("", "card", "figure");
  private Plot plot;
  private PlotImage image;

  PlotView(LatestOnly painter, ObservableValue<Theme> theme) {
    this.painter = painter;
    this.theme = theme;
    getStyleClass().add("plot");
    setMinSize(0, 0);
    hair.getStyleClass().add("plot-hair");
    for (var part : new javafx.scene.Node[] {hair, readout}) {
      part.setManaged(false);
      part.setMouseTransparent(true);
      part.setVisible(false);
    }
    getChildren().addAll(pixels, hair, readout);
    theme.addListener((o, old, now) -> paint());
    setOnMouseMoved(e -> read(e.getX(), e.getY()));
    setOnMouseExited(e -> read(Double.NaN, 0));
  }

  /** Shows other curves; null for none. */
  void show(Plot now) {
    plot = now;
    setAccessibleText(now == null ? "" : words(now));
    read(Double.NaN, 0);
    paint();
  }

  /** The curves shown, else null. */
  Plot plot() {
    return plot;
  }

  @Override
  protected void layoutChildren() {
    paint();
  }

  private void paint() {
    if (plot == null || getWidth() < SMALLEST || getHeight() < SMALLEST) {
      pixels.clear();
      return;
    }
    Plot now = plot;
    double width = getWidth();
    double height = getHeight();
    double density = Density.of(this);
    Theme colours = theme.getValue();
    painter.submit(
        this,
        Job.of("Draw curves", p -> PlotImage.of(now, colours, width, height, FONT, density)),
        this::place,
        Density::rethrow);
  }

  private void place(PlotImage now) {
    image = now;
    double density = Density.of(this);
    pixels.show(
        now.argb(), now.width(), now.height(), now.width() / density, now.height() / density);
  }

  private void read(double x, double y) {
    boolean inside =
        plot != null && image != null && x >= image.left() && x <= image.left() + image.across();
    hair.setVisible(inside);
    readout.setVisible(inside);
    if (!inside) {
      return;
    }
    double value = nearest(plot.x().value((x - image.left()) / image.across()));
    double at = Math.rint(image.left() + plot.x().position(value) * image.across()) + 0.5;
    hair.setStartX(at);
    hair.setEndX(at);
    hair.setStartY(image.top());
    hair.setEndY(image.top() + image.down());
    readout.setText(values(value));
    readout.autosize();
    boolean left = at + readout.getWidth() + 10 > getWidth();
    readout.relocate(
        left ? at - readout.getWidth() - 8 : at + 8,
        Math.max(0, Math.min(getHeight() - readout.getHeight(), y - readout.getHeight() - 8)));
  }

  /** The x of a curve's point that is nearest on the screen. */
  private double nearest(double x) {
    double best = x;
    double least = Double.POSITIVE_INFINITY;
    for (Plot.Series series : plot.series()) {
      for (double candidate : series.x()) {
        double far = Math.abs(plot.x().position(candidate) - plot.x().position(x));
        if (far < least) {
          least = far;
          best = candidate;
        }
      }
    }
    return best;
  }

  private String values(double x) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(plot.x().name() + " " + Ticks.label(x));
    for (Plot.Series series : plot.series()) {
      double[] xs = series.x();
      for (int i = 0; i < xs.length; i++) {
        if (xs[i] == x && !Double.isNaN(series.y()[i])) {
          String name = series.name().isEmpty() ? plot.y().name() : series.name();
          lines.add(name + " " + Ticks.format(series.y()[i]));
        }
      }
    }
    return lines.toString();
  }

  /** What a screen reader says: each curve with its ends. */
  private static String words(Plot plot) {
    StringJoiner words = new StringJoiner("; ");
    words.add("Curves of " + plot.y().name() + " over " + plot.x().name());
    for (Plot.Series series : plot.series()) {
      double[] x = series.x();
      double[] y = series.y();
      if (x.length > 0) {
        words.add(
            "%s from %s at %s to %s at %s"
                .formatted(
                    series.name(),
                    Ticks.format(y[0]),
                    Ticks.label(x[0]),
                    Ticks.format(y[y.length - 1]),
                    Ticks.label(x[x.length - 1])));
      }
    }
    return words.toString();
  }
}
