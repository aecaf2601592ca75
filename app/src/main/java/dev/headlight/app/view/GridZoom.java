package dev.headlight.app.view;

import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.workbench.HeadArrangement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How near the grid is looked at: the whole model, larger cells, at last one layer whose heads fill
 * the room.
 */
final class GridZoom {
  private static final int NONE = -1;

  private final HeadGrid grid;
  private double factor = 1;
  private int layer = NONE;

  /** What stays where it is while the cells grow: a head and where it is on the screen. */
  private Head held;

  /** The head under the pointer when it last stopped: cells that grow may slip away below it. */
  private Head target;

  private double targetX = Double.NaN;
  private double targetY = Double.NaN;
  private double heldX;
  private double heldY;

  GridZoom(HeadGrid grid) {
    this.grid = grid;
  }

  boolean oneLayer() {
    return layer != NONE;
  }

  boolean whole() {
    return factor == 1 && !oneLayer();
  }

  /** The cells for some room. */
  GridGeometry geometry(double width, double height) {
    HeadArrangement heads = grid.heads();
    if (oneLayer()) {
      return GridGeometry.list(ofLayer(layer), width, height, GridGeometry.ENORMOUS, 1);
    }
    if (!heads.byLayer()) {
      return GridGeometry.list(heads.heads(), width, height, GridGeometry.LARGEST, factor);
    }
    ModelSpec spec = grid.workbench().model.get().spec();
    return GridGeometry.byLayer(spec.layers(), spec.heads(), width, height, factor);
  }

  private List<Head> ofLayer(int which) {
    int count = grid.workbench().model.get().spec().heads();
    return IntStream.range(0, count).mapToObj(h -> new Head(which, h)).toList();
  }

  /** Another model, order or filter: the whole of it. */
  void rearranged() {
    factor = 1;
    layer = NONE;
  }

  /** Everything. */
  void fit() {
    rearranged();
    grid.requestLayout();
    changed();
  }

  /** One layer, whose heads fill the room. */
  void layer(int which) {
    if (grid.heads() != null && grid.heads().byLayer()) {
      layer = which;
      changed();
    }
  }

  /** Zooms about a point of the grid. */
  void by(double times, double x, double y) {
    if (grid.geometry() == null) {
      return;
    }
    if (oneLayer()) {
      if (times < 1) {
        leaveLayer();
      }
      return;
    }
    hold(x, y);
    double former = factor;
    factor = Math.max(1, factor * times);
    GridGeometry next = geometry(grid.viewWidth(), grid.viewHeight());
    boolean largest = next.cellHeight() >= most();
    if (times > 1 && grid.byLayer() && held != null && largest) {
      layer = held.layer();
    } else if (next.equals(grid.geometry()) && times > 1 && largest) {
      factor = former;
    }
    changed();
  }

  /** How large the cells of one layer are; larger ones by layer make no sense. */
  private int most() {
    return grid.byLayer()
        ? GridGeometry.list(
                ofLayer(0), grid.viewWidth(), grid.viewHeight(), GridGeometry.ENORMOUS, 1)
            .cellHeight()
        : GridGeometry.ENORMOUS;
  }

  private void leaveLayer() {
    held = new Head(layer, 0);
    heldX = 0;
    heldY = grid.viewHeight() / 2;
    layer = NONE;
    changed();
  }

  private void hold(double x, double y) {
    if (x != targetX || y != targetY || grid.geometry().slot(target) < 0) {
      target = grid.at(x, y).orElse(grid.workbench().head.get());
      targetX = x;
      targetY = y;
    }
    held = target;
    heldX = x - grid.left();
    heldY = y - grid.top();
  }

  private void changed() {
    grid.requestLayout();
    if (grid.getParent() != null) {
      grid.getParent().requestLayout();
    }
  }

  /** After the layout: brings back what was held under the pointer. */
  void settle() {
    int slot = grid.geometry().slot(held);
    if (slot >= 0) {
      GridGeometry g = grid.geometry();
      grid.scrollTo(
          g.x(slot) + g.cellWidth() / 2.0 - heldX, g.y(slot) + g.cellHeight() / 2.0 - heldY);
    }
    held = null;
  }

  /** Brings a head into sight. */
  void reveal(Head head) {
    if (oneLayer() && head != null && head.layer() != layer) {
      layer(head.layer());
      return;
    }
    GridGeometry g = grid.geometry();
    int slot = g == null ? -1 : g.slot(head);
    if (slot < 0) {
      return;
    }
    grid.scrollTo(
        near(grid.scrollX(), g.x(slot), g.x(slot) + g.cellWidth(), grid.viewWidth()),
        near(grid.scrollY(), g.y(slot), g.y(slot) + g.cellHeight(), grid.viewHeight()));
  }

  /** The scroll nearest to the present one that shows all between two ends. */
  private static double near(double now, double from, double to, double view) {
    return Math.max(to - view, Math.min(now, from));
  }
}
