package dev.headlight.app.export;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.renderer.Matrix;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** Numbers as tab-separated text, as spreadsheets take them from the clipboard. */
public final class CopyTable {
  private static final String MASKED = "";

  private CopyTable() {}

  /**
   * The weights of a part of a map: keys across, queries down, masked cells empty.
   *
   * @param weights [queries, keys]
   * @param row0 query of the first row
   * @param column0 key of the first column
   */
  public static String weights(Matrix weights, int row0, int column0, Tokens tokens) {
    return weights(weights, row0, column0, tokens::label);
  }

  /**
   * The same of a whole map.
   *
   * @param labels one a row and column
   */
  public static String weights(Matrix weights, List<String> labels) {
    return weights(weights, 0, 0, labels::get);
  }

  private static String weights(Matrix weights, int row0, int column0, IntFunction<String> label) {
    StringBuilder table = new StringBuilder();
    StringJoiner head = new StringJoiner("\t", "query \\ key\t", "\n");
    for (int column = 0; column < weights.columns(); column++) {
      head.add(name(label, column0 + column));
    }
    table.append(head);
    for (int row = 0; row < weights.rows(); row++) {
      StringJoiner line = new StringJoiner("\t", name(label, row0 + row) + "\t", "\n");
      for (int column = 0; column < weights.columns(); column++) {
        line.add(number(weights.get(row, column)));
      }
      table.append(line);
    }
    return table.toString();
  }

  /** Every head's scores on the prompt, one head a line. */
  public static String scores(RunSnapshot run) {
    HeadStatistics statistics = run.statistics();
    StringBuilder table =
        new StringBuilder("layer\thead\tkv_group\tentropy\tdistance\tfirst\tprevious\n");
    for (int layer = 0; layer < run.model().spec().layers(); layer++) {
      for (int head = 0; head < run.model().spec().heads(); head++) {
        StringJoiner line = new StringJoiner("\t", "", "\n");
        line.add(Integer.toString(layer)).add(Integer.toString(head));
        line.add(Integer.toString(run.model().spec().kvGroup(head)));
        line.add(number(HeadStatistics.at(statistics.entropy(), layer, head)));
        line.add(number(HeadStatistics.at(statistics.distance(), layer, head)));
        line.add(number(HeadStatistics.at(statistics.firstShare(), layer, head)));
        line.add(number(HeadStatistics.at(statistics.previousShare(), layer, head)));
        table.append(line);
      }
    }
    return table.toString();
  }

  private static String name(IntFunction<String> label, int index) {
    return index + " " + label.apply(index).replaceAll("[\\t\\r\\n]", " ");
  }

  private static String number(float value) {
    return Float.isNaN(value) ? MASKED : Float.toString(value);
  }
}
