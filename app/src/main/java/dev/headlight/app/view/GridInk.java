package dev.headlight.app.view;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.Workbench;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Numbers, brackets, names and marks of the grid: what is drawn above its cells. */
final class GridInk {
  private static final double NUMBERS = 11;

  private final HeadGrid grid;
  private final GridGeometry geometry;
  private final Workbench w;
  private final ModelSpec spec;
  private final GraphicsContext g;

  private GridInk(HeadGrid grid, GraphicsContext g) {
    this.grid = grid;
    this.geometry = grid.geometry();
    this.w = grid.workbench();
    this.spec = w.model.get().spec();
    this.g = g;
  }

  /** Draws all of it over the whole grid. */
  static void draw(HeadGrid grid, Canvas canvas) {
    canvas.setWidth(grid.getWidth());
    canvas.setHeight(grid.getHeight());
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    g.setFont(Font.font("Inter", NUMBERS));
    g.setTextBaseline(VPos.CENTER);
    GridInk ink = new GridInk(grid, g);
    ink.marks();
    if (grid.byLayer()) {
      ink.rows();
      ink.columns();
    } else if (grid.geometry().named()) {
      ink.names();
    }
  }

  /** Frames of the heads that are chosen together. */
  private void marks() {
    g.save();
    g.beginPath();
    g.rect(grid.left() - 2, grid.top() - 2, grid.viewWidth() + 2, grid.viewHeight() + 2);
    g.clip();
    g.setStroke(Colours.accent(w.theme.get()));
    g.setLineWidth(1.5);
    for (Head head : w.chosen.get()) {
      int slot = geometry.slot(head);
      if (slot >= 0) {
        g.strokeRect(
            x(slot) - 0.75,
            y(slot) - 0.75,
            geometry.cellWidth() + 1.5,
            geometry.cellHeight() + 1.5);
      }
    }
    g.restore();
  }

  private double x(int slot) {
    return grid.left() + geometry.x(slot) - grid.scrollX();
  }

  private double y(int slot) {
    return grid.top() + geometry.y(slot) - grid.scrollY();
  }

  private void rows() {
    g.setFill(Colours.dim(w.theme.get()));
    g.setTextAlign(TextAlignment.RIGHT);
    int every = GridGeometry.labelledEvery(geometry.stepY(), 16);
    for (int layer = 0; layer < geometry.rows(); layer += every) {
      double y = y(layer * geometry.columns()) + geometry.cellHeight() / 2.0;
      if (y > HeadGrid.TOP && y < grid.getHeight()) {
        g.fillText(Integer.toString(layer), HeadGrid.LEFT - 8, y);
      }
    }
  }

  private void columns() {
    g.setFill(Colours.of(w.theme.get().panel()));
    g.fillRect(0, 0, grid.getWidth(), HeadGrid.TOP - 2);
    g.setFill(Colours.dim(w.theme.get()));
    g.setTextAlign(TextAlignment.CENTER);
    int every = GridGeometry.labelledEvery(geometry.stepX(), 18);
    for (int head = 0; head < geometry.columns(); head += every) {
      double x = x(head) + geometry.cellWidth() / 2.0;
      if (x > HeadGrid.LEFT - 4) {
        g.fillText(Integer.toString(head), x, 9);
      }
    }
    groups();
  }

  /** A thin line over the heads that share keys and values. */
  private void groups() {
    int size = spec.heads() / spec.kvHeads();
    if (size == 1) {
      return;
    }
    g.setStroke(Colours.faint(w.theme.get()));
    g.setLineWidth(1);
    double inset = geometry.cellWidth() >= 8 ? 0.5 : 0;
    for (int first = 0; first < geometry.columns(); first += size) {
      double from = Math.max(HeadGrid.LEFT, x(first) + inset);
      double to = x(first + size - 1) + geometry.cellWidth() - inset;
      if (to > from) {
        g.strokePolyline(new double[] {from, from, to, to}, new double[] {21, 18.5, 18.5, 21}, 4);
      }
    }
  }

  private void names() {
    boolean one = grid.zoom().oneLayer();
    g.setFill(Colours.dim(w.theme.get()));
    g.setTextAlign(TextAlignment.CENTER);
    for (int slot = 0; slot < geometry.heads().size(); slot++) {
      double y = y(slot) + geometry.cellHeight() + 8;
      if (y > 0 && y < grid.getHeight() + 8) {
        g.fillText(name(slot, one), x(slot) + geometry.cellWidth() / 2.0, y);
      }
    }
  }

  /** "L5H3", in the view of one layer with its KV group where heads share one. */
  private String name(int slot, boolean oneLayer) {
    Head head = geometry.heads().get(slot);
    boolean grouped = spec.kvHeads() < spec.heads() && oneLayer && geometry.cellWidth() >= 80;
    return grouped ? head + " · KV group " + spec.kvGroup(head.head()) : head.toString();
  }
}
