package dev.headlight.app.ablation;

import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.figure.Figure;
import dev.headlight.renderer.figure.FigureStyle;
import dev.headlight.renderer.figure.HeatmapFigure;
import dev.headlight.renderer.figure.Provenance;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A table of numbers as colours, on the screen and in a figure.
 *
 * @param title of a figure
 * @param rows label of each row
 * @param columns label of each column
 * @param values [row][column]; NaN where there is none
 * @param scale from value to colour; signed ones have their middle at 0
 * @param unit of the numbers
 * @param down what rows are
 * @param across what columns are
 * @param sentence what is shown, for people
 * @param words a cell in words
 */
public record MapPicture(
    String title,
    List<String> rows,
    List<String> columns,
    double[][] values,
    ValueScale scale,
    String unit,
    String down,
    String across,
    String sentence,
    BiFunction<Integer, Integer, String> words) {
  /** Copies the lists. */
  public MapPicture {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** For papers. */
  public Figure figure(FigureStyle style, Provenance from) {
    float[] flat = new float[rows.size() * columns.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i / columns.size()][i % columns.size()];
    }
    return HeatmapFigure.builder(Matrix.of(rows.size(), columns.size(), flat))
        .labels(rows, columns)
        .axes(down, across)
        .title(title)
        .caption(sentence)
        .valueName(unit)
        .scale(scale)
        .style(style)
        .provenance(from)
        .build();
  }
}
