package dev.headlight.app.view;

import dev.headlight.analysis.vision.ImageShare;
import dev.headlight.app.visual.Looked;
import dev.headlight.app.visual.VisualState;
import dev.headlight.renderer.figure.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** How much attention goes between text and picture, by layer. */
final class VisualLayers extends VBox {
  private static final double HIGH = 170;

  private final VisualDesk desk;
  private final PlotView plot;
  private final Label note = Ui.label("", "caption");

  VisualLayers(VisualDesk desk) {
    super(4);
    this.desk = desk;
    plot = new PlotView(desk.context().painter(), desk.workbench().theme);
    plot.setMinHeight(HIGH);
    plot.setPrefHeight(HIGH);
    Ui.wrap(note);
    getChildren().addAll(Ui.section("Attention to the picture, by layer"), plot, note);
    desk.whenChanged(this::update);
    update();
  }

  private VisualState state() {
    return desk.state();
  }

  private void update() {
    Looked looked = state().looked();
    if (looked == null || looked.layers() < 2 || looked.text()) {
      Ui.show(this, false);
      return;
    }
    Ui.show(this, true);
    double[] layers = IntStream.range(0, looked.layers()).mapToDouble(l -> l).toArray();
    List<Plot.Series> series = new ArrayList<>();
    series.add(line("this word", layers, state().maps().shareByLayer(), Plot.Role.THIRD));
    state()
        .shares()
        .map(ImageShare::stages)
        .ifPresent(
            s -> {
              add(
                  series,
                  looked.patches() ? "" : "text → picture",
                  layers,
                  s.textToImage(),
                  Plot.Role.MAIN);
              add(series, "picture → picture", layers, s.imageToImage(), Plot.Role.SECOND);
              add(
                  series,
                  looked.patches() ? "" : "text → text",
                  layers,
                  s.textToText(),
                  Plot.Role.REFERENCE);
            });
    plot.show(
        new Plot(
            Plot.Axis.linear("layer", 0, Math.max(1, looked.layers() - 1)),
            Plot.Axis.linear("share of attention", 0, 1),
            series));
    note.setText(
        "Means over heads of the share of each row"
            + (looked.patches()
                ? "."
                : "; text is what stands behind the picture (the stages of DyVTE, Wu et al. 2024)."));
  }

  private static void add(
      List<Plot.Series> all, String name, double[] layers, float[] values, Plot.Role role) {
    double[] y = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    if (!name.isEmpty() && !Double.isNaN(y[0])) {
      all.add(line(name, layers, y, role));
    }
  }

  private static Plot.Series line(String name, double[] x, double[] y, Plot.Role role) {
    return new Plot.Series(name, x, y, new double[0], new double[0], role);
  }
}
