package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** One of the maps that are compared: picture, tokens, gaps, and the cell of interest. */
final class ComparePlot extends Region {
  private static final double TITLE = 22;
  private static final double EDGE = 12;

  private final Workbench w;
  private final LatestOnly painter;
  private final Label title = Ui.label("", "plot-title");
  private final PixelView pixels = new PixelView();
  private final Rails rails;
  private final Rectangle row = box("row-box");
  private final Rectangle cell = box("cell-box");
  private final Rectangle clip = new Rectangle();
  private Picture picture;
  private boolean rows = true;
  private double longest;
  private MapLayout layout = new MapLayout(0, 0, 1, 1);

  /**
   * What a plot shows.
   *
   * @param map square, over the columns of the alignment
   * @param labels one a column; {@link #GAP} where this prompt has no token
   * @param scale from value to colour
   * @param palette colours
   */
  record Picture(HeadMap map, List<String> labels, ValueScale scale, Palette palette) {}

  /** Stands on a rail where a prompt has no token. */
  static final String GAP = "–";

  ComparePlot(Workbench workbench, LatestOnly painter) {
    this.w = workbench;
    this.painter = painter;
    this.rails = new Rails(workbench);
    Pane boxes = new Pane(row, cell);
    boxes.setManaged(false);
    boxes.setClip(clip);
    boxes.setMouseTransparent(true);
    setMouseTransparent(true);
    getChildren().addAll(title, pixels, rails, boxes);
  }

  private static Rectangle box(String style) {
    Rectangle rectangle = new Rectangle();
    rectangle.setManaged(false);
    rectangle.getStyleClass().add(style);
    return rectangle;
  }

  /**
   * Side of the plot that fits into some room.
   *
   * @param longest room of a label
   * @param rows whether labels stand beside the rows too
   */
  static double side(
      double width, double height, List<String> labels, double longest, boolean rows) {
    return fit(width, height, labels, longest, rows).side();
  }

  private static MapLayout fit(
      double width, double height, List<String> labels, double longest, boolean rows) {
    double inner = height - TITLE - EDGE + MapLayout.BELOW;
    MapLayout at = MapLayout.fit(width - EDGE, inner, labels, longest, rows);
    return new MapLayout(at.x(), at.y() + TITLE, at.side(), longest);
  }

  /** How much room a label has, 0 for no labels, and whether tokens stand beside the rows too. */
  void setLabels(double most, boolean rowsLabelled) {
    longest = most;
    rows = rowsLabelled;
    rails.setRowsLabelled(rowsLabelled);
  }

  /** Shows a map through a window. */
  void show(String text, Picture now, MapWindow window) {
    title.setText(text);
    picture = now;
    layout = fit(getWidth(), getHeight(), now.labels(), longest, rows);
    title.resizeRelocate(layout.x(), 0, Math.max(0, getWidth() - layout.x()), TITLE - 4);
    pixels.relocate(layout.x(), layout.y());
    rails.setWidth(getWidth());
    rails.setHeight(layout.y() + layout.side() + EDGE);
    clip.setX(layout.x() - 1);
    clip.setY(layout.y() - 1);
    clip.setWidth(layout.side() + 2);
    clip.setHeight(layout.side() + 2);
    double side = layout.side();
    int px = (int) Math.rint(side * Density.of(this));
    MapPainter.Order order =
        new MapPainter.Order(now.map(), null, window, now.scale(), now.palette(), px);
    painter.submit(
        this,
        Job.of("Paint " + text, progress -> MapPainter.paint(order)),
        argb -> pixels.show(argb, px, px, side, side),
        Density::rethrow);
  }

  /** Marks a cell and its row; null for none. */
  void mark(Cell chosen, MapWindow window) {
    if (picture == null) {
      return;
    }
    List<Integer> queries = chosen == null ? List.of() : List.of(chosen.query());
    List<Integer> keys = chosen == null ? List.of() : List.of(chosen.key());
    rails.draw(picture.labels(), layout, window, queries, keys);
    gaps(window);
    row.setVisible(chosen != null);
    cell.setVisible(chosen != null);
    if (chosen != null) {
      place(row, window, chosen.query(), window.column0(), window.span());
      place(cell, window, chosen.query(), chosen.key(), 1);
    }
  }

  /** Rows and columns without a token have the panel's colour: they are not masked, but absent. */
  private void gaps(MapWindow window) {
    GraphicsContext g = rails.getGraphicsContext2D();
    g.setFill(Colours.of(w.theme.get().panel()));
    double perToken = layout.side() / window.span();
    for (int i = 0; i < picture.labels().size(); i++) {
      if (picture.labels().get(i).equals(GAP)) {
        gap(g, layout.xOf(window, i), layout.yOf(window, i), perToken);
      }
    }
  }

  private void gap(GraphicsContext g, double x, double y, double size) {
    double left = Math.max(layout.x(), x);
    double right = Math.min(layout.x() + layout.side(), x + size);
    if (right > left) {
      g.fillRect(left, layout.y(), right - left, layout.side());
    }
    double top = Math.max(layout.y(), y);
    double bottom = Math.min(layout.y() + layout.side(), y + size);
    if (bottom > top) {
      g.fillRect(layout.x(), top, layout.side(), bottom - top);
    }
  }

  private void place(Rectangle box, MapWindow window, int query, double key, double keys) {
    double left = Math.rint(layout.xOf(window, key));
    double top = Math.rint(layout.yOf(window, query));
    box.setX(left - 0.5);
    box.setY(top - 0.5);
    box.setWidth(Math.rint(layout.xOf(window, key + keys)) - left + 1);
    box.setHeight(Math.rint(layout.yOf(window, query + 1)) - top + 1);
  }

  /** The cell under a point of this plot. */
  Optional<Cell> at(MapWindow window, double x, double y) {
    return picture == null ? Optional.empty() : layout.cell(window, x, y);
  }

  /** Where the pointer is in the map, in tokens: row and column. */
  double[] point(MapWindow window, double x, double y) {
    return new double[] {layout.row(window, y), layout.column(window, x)};
  }

  /** Tokens a pixel. */
  double perPixel(MapWindow window) {
    return window.span() / layout.side();
  }
}
