package dev.headlight.app.circuits;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.GraphFigure;
import dev.headlight.renderer.figure.HeatmapFigure;
import dev.headlight.renderer.figure.Plot;
import dev.headlight.renderer.figure.PlotFigure;
import dev.headlight.renderer.figure.Provenance;
import java.util.Locale;

/** What was found as figures for papers. */
public final class CircuitFigures {
  /** What the colours of a circuit's lines say. */
  public static final String LINES =
      "Blue edges carry the answer, red ones work against it; width by score.";

  private static final double PROPORTION = 0.62;

  private CircuitFigures() {}

  /** A patching map. */
  public static Figure map(PatchPicture picture, FigureStyle style, Provenance from) {
    boolean byPosition = picture.map().request().grid().byPosition();
    return HeatmapFigure.builder(matrix(picture.shares()))
        .labels(picture.rows(), picture.columns())
        .axes(
            byPosition && picture.rows().get(0).startsWith("L") ? "head" : "layer",
            byPosition ? "position" : "head")
        .title("Patching " + picture.map().request().site().shortName())
        .subtitle(picture.map().request().direction().text())
        .caption(picture.sentence())
        .valueName("change, " + picture.unit())
        .scale(ValueScale.signed(ValueScale.Kind.LINEAR, picture.largest()))
        .style(style)
        .provenance(from)
        .build();
  }

  /** Patched paths. */
  public static Figure paths(PathPicture picture, FigureStyle style, Provenance from) {
    return HeatmapFigure.builder(matrix(picture.shares()))
        .labels(picture.rows(), picture.columns())
        .axes("layer", "head")
        .title("Path patching")
        .subtitle(picture.result().request().direction().text())
        .caption(picture.sentence())
        .valueName("change, " + picture.unit())
        .scale(ValueScale.signed(ValueScale.Kind.LINEAR, picture.largest()))
        .style(style)
        .provenance(from)
        .build();
  }

  /** A head's circuit between tokens. */
  public static Figure weights(WeightMap map, FigureStyle style, Provenance from) {
    return HeatmapFigure.builder(matrix(map.values()))
        .labels(map.labels(), map.labels())
        .axes(map.rows(), map.columns())
        .title(map.circuit() + " circuit of " + map.head())
        .subtitle(String.format(Locale.ROOT, "copying %.2f", map.copying()))
        .caption(map.sentence())
        .valueName("logits per scale")
        .scale(ValueScale.signed(ValueScale.Kind.LINEAR, map.largest()))
        .style(style)
        .provenance(from)
        .build();
  }

  /** A circuit. */
  public static Figure graph(
      CircuitLayout layout, String subtitle, FigureStyle style, Provenance from) {
    int drawn = layout.lines().size();
    String note =
        drawn == layout.edges()
            ? LINES
            : LINES + " The strongest %d of %d edges.".formatted(drawn, layout.edges());
    return new GraphFigure(layout.graph(), note, "Circuit", subtitle, note, style, from);
  }

  /** Curves. */
  public static Figure plot(
      Plot plot, String title, String caption, FigureStyle style, Provenance from) {
    return new PlotFigure(plot, PROPORTION, title, "", caption, style, from);
  }

  private static Matrix matrix(double[][] cells) {
    int columns = cells[0].length;
    float[] flat = new float[cells.length * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) cells[i / columns][i % columns];
    }
    return Matrix.of(cells.length, columns, flat);
  }
}
