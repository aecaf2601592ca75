package dev.headlight.app.view;

import dev.headlight.analysis.circuit.EdgeVerification;
import dev.headlight.analysis.circuit.LogitLens;
import dev.headlight.analysis.circuit.LogitParts;
import dev.headlight.analysis.patching.Verification;
import dev.headlight.app.circuits.WeightPairs;
import dev.headlight.renderer.Theme;
import dev.headlight.renderer.Ticks;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Small tables of the circuits pane. */
final class CircuitGrids {
  private CircuitGrids() {}

  /** Estimates beside passes, the strongest first. */
  static GridPane verification(Verification found) {
    GridPane table = table(3);
    table.addRow(
        0,
        Ui.section("cell"),
        right(Ui.section("first order")),
        right(Ui.section("exact, Δ logits")));
    int row = 1;
    for (Verification.Row each : found.rows()) {
      table.addRow(
          row++,
          Ui.token(each.cell().toString()),
          right(Ui.figure(Ticks.signed(each.estimated()))),
          right(Ui.figure(Ticks.signed(each.exact()))));
    }
    return table;
  }

  /** Scores of edges beside passes, the strongest first. */
  static GridPane edges(EdgeVerification found) {
    GridPane table = table(3);
    table.addRow(
        0,
        Ui.section("edge"),
        right(Ui.section("first order")),
        right(Ui.section("exact, Δ logits")));
    int row = 1;
    for (EdgeVerification.Row each : found.rows()) {
      table.addRow(
          row++,
          Ui.token(each.edge().from() + " → " + each.edge().to()),
          right(Ui.figure(Ticks.signed(each.edge().score()))),
          right(Ui.figure(Ticks.signed(each.exact()))));
    }
    return table;
  }

  /** What is next by each layer's stream, the likeliest tokens with their probabilities. */
  static GridPane lens(LogitLens lens, IntFunction<String> labels) {
    int count = lens.layers().stream().mapToInt(l -> l.next().size()).max().orElse(0);
    GridPane table = table(count + 2);
    table.addRow(0, Ui.section("layers"), right(Ui.section("difference")));
    for (int c = 0; c < count; c++) {
      table.add(Ui.section(c == 0 ? "likeliest next" : ""), c + 2, 0);
    }
    int row = 1;
    for (LogitLens.Layer layer : lens.layers()) {
      table.addRow(
          row,
          Ui.figure(Integer.toString(layer.layer())),
          right(Ui.figure(Ticks.signed(layer.logitDiff()))));
      for (int c = 0; c < layer.next().size(); c++) {
        LogitLens.Candidate next = layer.next().get(c);
        table.add(
            Ui.token("%s %s".formatted(labels.apply(next.id()), percent(next.probability()))),
            c + 2,
            row);
      }
      row++;
    }
    return table;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  /** Pairs of tokens with the value between them. */
  static GridPane between(WeightPairs pairs, String rows, String columns) {
    GridPane table = table(3);
    table.addRow(0, Ui.section(rows), Ui.section(columns), right(Ui.section("value")));
    int row = 1;
    for (WeightPairs.Row each : pairs.rows()) {
      table.addRow(
          row++,
          Ui.token(each.row()),
          Ui.token(each.column()),
          right(Ui.figure(Ticks.signed(each.value()))));
    }
    return table;
  }

  /** Names with what they are, a line each. */
  static GridPane lines(List<String> names, List<String> values) {
    GridPane table = table(2);
    for (int row = 0; row < names.size(); row++) {
      Label name = Ui.label(names.get(row), "dim");
      name.setMinWidth(Region.USE_PREF_SIZE);
      table.addRow(row, name, right(Ui.figure(values.get(row))));
    }
    return table;
  }

  /** The strongest parts, each with a bar from the middle. */
  static GridPane parts(LogitParts parts, int count, Theme theme) {
    GridPane table = table(3);
    ColumnConstraints bars = table.getColumnConstraints().get(1);
    bars.setHgrow(Priority.ALWAYS);
    bars.setMinWidth(60);
    double most = parts.strongest(1).stream().mapToDouble(p -> Math.abs(p.value())).sum();
    int row = 0;
    double rest = parts.sum();
    for (LogitParts.Part each : parts.strongest(count)) {
      rest -= each.value();
      line(table, row++, each.name(), each.value(), most, theme);
    }
    if (parts.parts().size() > count) {
      line(table, row, "rest", rest, most, theme);
    }
    return table;
  }

  private static void line(
      GridPane table, int row, String name, double value, double most, Theme theme) {
    table.addRow(
        row,
        Ui.token(name),
        new SignedBar(most == 0 ? 0 : value / most, theme),
        right(Ui.figure(Ticks.signed(value))));
  }

  private static GridPane table(int columns) {
    GridPane table = new GridPane();
    table.setHgap(12);
    table.setVgap(4);
    for (int c = 0; c < columns; c++) {
      ColumnConstraints column = new ColumnConstraints();
      column.setMinWidth(c == 0 ? 56 : Region.USE_PREF_SIZE);
      table.getColumnConstraints().add(column);
    }
    return table;
  }

  private static Label right(Label label) {
    GridPane.setHalignment(label, HPos.RIGHT);
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /** A bar that begins in the middle, to the right for more, to the left for less. */
  private static final class SignedBar extends Region {
    private static final double HEIGHT = 6;

    private final double share;
    private final Region fill = new Region();

    SignedBar(double share, Theme theme) {
      this.share = Math.max(-1, Math.min(1, share));
      getStyleClass().add("bar");
      fill.setBackground(
          new Background(
              new BackgroundFill(
                  Colours.of(share < 0 ? theme.negative() : theme.positive()),
                  new CornerRadii(3),
                  Insets.EMPTY)));
      getChildren().add(fill);
      setMinHeight(HEIGHT);
      setPrefHeight(HEIGHT);
      setMaxHeight(HEIGHT);
      setMaxWidth(Double.MAX_VALUE);
    }

    @Override
    protected void layoutChildren() {
      double half = getWidth() / 2;
      double wide = Math.max(1, Math.abs(share) * half);
      fill.resizeRelocate(share < 0 ? half - wide : half, 0, wide, HEIGHT);
    }
  }
}
