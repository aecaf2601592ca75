package dev.headlight.app.retrieval;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.HeatmapFigure;
import dev.headlight.renderer.figure.Plot;
import dev.headlight.renderer.figure.PlotFigure;
import dev.headlight.renderer.figure.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What was found as figures for papers. */
public final class RetrievalFigures {
  private static final double PROPORTION = 0.62;

  private RetrievalFigures() {}

  /** The scale of the success map. */
  public static ValueScale percent() {
    return ValueScale.of(ValueScale.Kind.LINEAR, 0, 100);
  }

  /** The scale of scores: from 0 to the largest one. */
  public static ValueScale scores(Findings findings, Definition definition) {
    double most = findings.table(definition).max();
    return ValueScale.of(ValueScale.Kind.LINEAR, 0, most > 0 ? most : 1);
  }

  /** The success map, length × depth. */
  public static Figure map(Findings findings, FigureStyle style, Provenance from) {
    return HeatmapFigure.builder(matrix(findings.percent()))
        .labels(findings.depths(), findings.lengths())
        .axes("depth of the needle", "length of the prompt, tokens")
        .title("Needles found")
        .subtitle(findings.summary())
        .caption(
            "Share of needles found at each length of the prompt and depth of the needle, in"
                + " percent; an answer counts with more than half of the wanted words.")
        .valueName("needles found, %")
        .scale(percent())
        .style(style)
        .provenance(from)
        .build();
  }

  /** The score of every head. */
  public static Figure scores(
      Findings findings, Definition definition, FigureStyle style, Provenance from) {
    return HeatmapFigure.builder(matrix(findings.cells(definition)))
        .labels(numbers(findings.spec().heads()), numbers(findings.spec().layers()))
        .axes("head", "layer")
        .title("Retrieval score, " + definition.title().toLowerCase(Locale.ROOT))
        .subtitle(findings.summary())
        .caption("Retrieval score of every head: " + definition.formula() + ".")
        .valueName("score")
        .scale(scores(findings, definition))
        .style(style)
        .provenance(from)
        .build();
  }

  /** Curves. */
  public static Figure plot(
      Plot plot, String title, String caption, FigureStyle style, Provenance from) {
    return new PlotFigure(plot, PROPORTION, title, "", caption, style, from);
  }

  /** Labels of layers or heads. */
  public static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
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
