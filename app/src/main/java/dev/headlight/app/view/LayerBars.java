package dev.headlight.app.view;

import dev.headlight.app.visual.LayerCurve;
import dev.headlight.app.visual.LayerCurve.Point;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * The answer with a change layer by layer: bars with a line at the unchanged answer, and below,
 * where there are several curves, a row of cells for each.
 */
final class LayerBars extends VBox {
  private static final double HIGH = 72;
  private static final double CELL = 12;
  private static final double NAME = 44;
  private static final int LABELS = 12;

  private final LayerCurve curve;

  LayerBars(LayerCurve curve) {
    super(4);
    this.curve = curve;
    boolean several = curve.expected() > curve.layers();
    getChildren().add(bars(several ? NAME : 0));
    if (several) {
      curve.rows().forEach(r -> getChildren().add(cells(r)));
    }
  }

  private double most() {
    double most = Math.max(1e-12, curve.before());
    for (LayerCurve.Row row : curve.rows()) {
      for (Point p : row.points()) {
        most = Math.max(most, p.after());
      }
    }
    return most;
  }

  private Node bars(double indent) {
    HBox chart = new HBox(curve.layers() > LABELS ? 1 : 4);
    chart.setAlignment(Pos.BOTTOM_LEFT);
    List<Point> points = curve.rows().isEmpty() ? List.of() : curve.rows().get(0).points();
    double most = most();
    for (int l = 0; l < curve.layers(); l++) {
      Point point = l < points.size() ? points.get(l) : null;
      chart.getChildren().add(column(bar(point, most)));
    }
    chart.setMinHeight(HIGH);
    chart.setPrefHeight(HIGH);
    HBox ticks = new HBox(chart.getSpacing());
    int every = Math.max(1, (curve.layers() + LABELS - 1) / LABELS);
    for (int l = 0; l < curve.layers(); l++) {
      Label name = Ui.label(l % every == 0 ? "" + l : "", "tick");
      name.setMinWidth(0);
      VBox column = column(name);
      column.setAlignment(Pos.TOP_CENTER);
      ticks.getChildren().add(column);
    }
    VBox all = new VBox(3, new StackPane(chart, line(most)), ticks);
    all.setPadding(new Insets(0, 0, 0, indent));
    return all;
  }

  private static VBox column(Node node) {
    VBox column = new VBox(node);
    column.setAlignment(Pos.BOTTOM_CENTER);
    column.setMinWidth(0);
    column.setPrefWidth(10);
    HBox.setHgrow(column, Priority.ALWAYS);
    return column;
  }

  private Region bar(Point point, double most) {
    Region bar = new Region();
    double tall = point == null ? 0 : Math.max(2, HIGH * Math.max(0, point.after()) / most);
    bar.setMinHeight(tall);
    bar.setPrefHeight(tall);
    bar.setMaxHeight(tall);
    bar.setMaxWidth(30);
    if (point != null) {
      bar.getStyleClass().add("visual-bar");
      if (point.layer() == curve.strongest()) {
        bar.getStyleClass().add("visual-bar-chosen");
      }
      if (point.same()) {
        bar.getStyleClass().add("visual-bar-same");
      }
      says(bar, point, "");
    }
    return bar;
  }

  /** Where the bars end when nothing is changed. */
  private Node line(double most) {
    Region line = new Region();
    line.getStyleClass().add("visual-baseline");
    line.setManaged(false);
    Pane over = new Pane(line);
    over.setMouseTransparent(true);
    over.layoutBoundsProperty()
        .addListener(
            (o, old, now) ->
                line.resizeRelocate(
                    0,
                    now.getHeight() - HIGH * Math.max(0, curve.before()) / most,
                    now.getWidth(),
                    1));
    return over;
  }

  private Node cells(LayerCurve.Row row) {
    Label name = Ui.label(row.name(), "tick");
    name.setMinWidth(NAME - 4);
    name.setPrefWidth(NAME - 4);
    HBox cells = new HBox(curve.layers() > LABELS ? 1 : 4);
    double most = most();
    for (int l = 0; l < curve.layers(); l++) {
      StackPane cell = new StackPane();
      cell.setMinSize(0, CELL);
      cell.setPrefSize(10, CELL);
      HBox.setHgrow(cell, Priority.ALWAYS);
      if (l < row.points().size()) {
        Point point = row.points().get(l);
        Region ink = new Region();
        ink.getStyleClass().add("visual-cell");
        ink.setOpacity(Math.max(0.04, Math.max(0, point.after()) / most));
        cell.getChildren().add(ink);
        says(cell, point, row.name() + " kept, ");
      }
      cells.getChildren().add(cell);
    }
    HBox.setHgrow(cells, Priority.ALWAYS);
    return Ui.row(4, name, cells);
  }

  private void says(Region node, Point point, String first) {
    String text = first + text(curve, point);
    Tooltip.install(node, new Tooltip(text));
    node.setAccessibleText(text);
  }

  /** A point in words. */
  static String text(LayerCurve curve, Point p) {
    String where = p.from() == p.to() ? "layer " + p.from() : "layers " + p.from() + "–" + p.to();
    String what = curve.score() ? "score" : "P(" + curve.token() + ")";
    String text =
        "%s: %s %s → %s"
            .formatted(
                where,
                what,
                number(curve.before(), curve.score()),
                number(p.after(), curve.score()));
    if (p.changes().isEmpty()) {
      return where + ": nothing to do here";
    }
    if (p.same()) {
      return text + "; nothing changed, bit by bit";
    }
    return curve.score()
        ? text
        : text + String.format(Locale.ROOT, ", most probable %s, KL %.3g nats", p.top(), p.kl());
  }

  /** A probability in percent, or a score. */
  static String number(double value, boolean score) {
    return score
        ? String.format(Locale.ROOT, "%.3f", value)
        : String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * value);
  }
}
