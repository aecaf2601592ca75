package dev.headlight.app.view;

import dev.headlight.analysis.attention.HeadStatistics;
import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.ArrangedHeads;
import dev.headlight.app.workbench.HeadArrangement;
import dev.headlight.app.workbench.HeadNumbers;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * All heads: one cell each, by layer or in a row by a score. The wheel zooms from the whole model
 * to one layer. Painted is what is in sight and a margin around it, and only when it changes; marks
 * lie above the picture.
 */
final class HeadGrid extends Region {
  static final int LEFT = 30;
  static final int TOP = 26;
  private static final int BAR = 8;

  /** Room for the frame of a head in the first row or column. */
  private static final double OUTLINE = 2;

  /** The head under the pointer; null for none. */
  final ObjectProperty<Head> hovered = new SimpleObjectProperty<>(this, "hovered");

  private final Workbench w;
  private final ArrangedHeads arranged;
  private final LatestOnly painter;
  private final Pane cells = new Pane();
  private final Rectangle clip = new Rectangle();
  private final PixelView pixels = new PixelView();
  private final Canvas ink = new Canvas();
  private final Rectangle selection = outline("grid-selection");
  private final Rectangle pointed = outline("grid-hover");
  private final Rectangle band = outline("grid-band");
  private final ScrollBar down = new ScrollBar();
  private final ScrollBar across = new ScrollBar();
  private final GridZoom zoom;
  private GridGeometry geometry;
  private GridPainter.Part painted;

  HeadGrid(Workbench workbench, ArrangedHeads arranged, LatestOnly painter) {
    this.w = workbench;
    this.arranged = arranged;
    this.painter = painter;
    this.zoom = new GridZoom(this);
    getStyleClass().add("head-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("grid of heads, layers down, heads right");
    cells.setManaged(false);
    cells.setClip(clip);
    cells.setMouseTransparent(true);
    cells.getChildren().addAll(pixels, pointed, selection, band);
    ink.setManaged(false);
    ink.setMouseTransparent(true);
    down.setOrientation(Orientation.VERTICAL);
    for (ScrollBar bar : new ScrollBar[] {down, across}) {
      bar.setManaged(false);
      bar.valueProperty().addListener(o -> scrolled());
    }
    getChildren().addAll(cells, ink, down, across);
    listen();
    HeadChooser chooser = new HeadChooser(w);
    new GridMouse(this, chooser, zoom);
    new GridKeys(this, chooser, zoom);
  }

  private static Rectangle outline(String style) {
    Rectangle rectangle = new Rectangle();
    rectangle.setManaged(false);
    rectangle.setVisible(false);
    rectangle.setMouseTransparent(true);
    rectangle.getStyleClass().add(style);
    return rectangle;
  }

  private void listen() {
    InvalidationListener anew =
        o -> {
          geometry = null;
          requestLayout();
        };
    w.model.addListener(anew);
    w.theme.addListener(anew);
    arranged.heads().addListener((o, old, now) -> rearranged(old, now));
    InvalidationListener paint = o -> paint();
    w.run.addListener(paint);
    w.partial.addListener(paint);
    w.gridColour.addListener(paint);
    w.measured.addListener(paint);
    w.hideSink.addListener(paint);
    w.scale.addListener(paint);
    w.fitLimits.addListener(paint);
    w.head.addListener((o, old, now) -> headChanged());
    w.chosen.addListener(o -> draw());
    hovered.addListener(o -> place(pointed, hovered.get()));
  }

  private void rearranged(HeadArrangement old, HeadArrangement now) {
    boolean moved = old == null || now == null || !old.heads().equals(now.heads());
    if (moved || old.byLayer() != now.byLayer()) {
      zoom.rearranged();
      geometry = null;
      requestLayout();
      if (getParent() != null) {
        getParent().requestLayout();
      }
    } else {
      paint();
      draw();
    }
  }

  Workbench workbench() {
    return w;
  }

  /** The heads in order; null while no model is open. */
  HeadArrangement heads() {
    return arranged.heads().get();
  }

  GridGeometry geometry() {
    return geometry;
  }

  /** Whether layers stand as rows with their numbers. */
  boolean byLayer() {
    return heads() != null && heads().byLayer() && !zoom.oneLayer();
  }

  /** Room for the cells, in logical pixels. */
  double viewWidth() {
    return viewWidth(getWidth());
  }

  private double viewWidth(double width) {
    return Math.max(1, width - left());
  }

  double viewHeight() {
    return Math.max(1, getHeight() - top());
  }

  int left() {
    return byLayer() ? LEFT : 2;
  }

  int top() {
    return byLayer() ? TOP : 2;
  }

  double scrollX() {
    return across.isVisible() ? Math.round(across.getValue()) : 0;
  }

  double scrollY() {
    return down.isVisible() ? Math.round(down.getValue()) : 0;
  }

  /** The head at a point of this node. */
  Optional<Head> at(double x, double y) {
    return geometry == null || x < left() || y < top()
        ? Optional.empty()
        : geometry.at(x - left() + scrollX(), y - top() + scrollY());
  }

  /** The middle of a head's cell, as {@code x, y} of this node. */
  double[] centre(Head head) {
    int slot = geometry.slot(head);
    return new double[] {
      left() + geometry.x(slot) + geometry.cellWidth() / 2.0 - scrollX(),
      top() + geometry.y(slot) + geometry.cellHeight() / 2.0 - scrollY()
    };
  }

  /** How much of a room's height the grid needs. */
  double needed(double width, double room) {
    if (heads() == null) {
      return 0;
    }
    GridGeometry fit = zoom.geometry(viewWidth(width), Math.max(1, room - top()));
    return Math.min(room, top() + fit.height() + fit.gap() + 2);
  }

  @Override
  protected void layoutChildren() {
    HeadArrangement now = heads();
    if (now == null || getWidth() < LEFT + 1) {
      pixels.clear();
      geometry = null;
      selection.setVisible(false);
      return;
    }
    GridGeometry fit = zoom.geometry(viewWidth(), viewHeight());
    boolean other = !fit.equals(geometry);
    geometry = fit;
    cells.relocate(left(), top());
    clip.setX(-OUTLINE);
    clip.setY(-OUTLINE);
    clip.setWidth(viewWidth() + OUTLINE);
    clip.setHeight(viewHeight() + OUTLINE);
    placeBars();
    zoom.settle();
    if (other || painted == null || !painted.holds(inSight())) {
      paint();
    }
    draw();
  }

  private void placeBars() {
    bar(down, geometry.height(), viewHeight());
    bar(across, geometry.width(), viewWidth());
    down.resizeRelocate(getWidth() - BAR, top(), BAR, viewHeight());
    across.resizeRelocate(left(), getHeight() - BAR, viewWidth(), BAR);
  }

  private static void bar(ScrollBar bar, double content, double view) {
    double hidden = content - view;
    bar.setVisible(hidden > 1);
    bar.setMax(Math.max(0, hidden));
    bar.setVisibleAmount(Math.max(1, view / Math.max(1, content) * Math.max(0, hidden)));
    bar.setValue(Math.max(0, Math.min(bar.getValue(), Math.max(0, hidden))));
    bar.setUnitIncrement(20);
    bar.setBlockIncrement(view);
  }

  /** Scrolls to a place of the grid, as far as there is something. */
  void scrollTo(double x, double y) {
    across.setValue(Math.max(0, Math.min(across.getMax(), x)));
    down.setValue(Math.max(0, Math.min(down.getMax(), y)));
  }

  private void scrolled() {
    if (geometry == null) {
      return;
    }
    if (painted != null) {
      pixels.relocate(painted.x() - scrollX(), painted.y() - scrollY());
    }
    if (painted == null || !painted.holds(inSight())) {
      paint();
    }
    draw();
  }

  private GridPainter.Part inSight() {
    return part(0);
  }

  /** What is in sight, with a margin of so many views on each side. */
  private GridPainter.Part part(double margin) {
    int x0 = (int) Math.max(0, scrollX() - margin * viewWidth());
    int y0 = (int) Math.max(0, scrollY() - margin * viewHeight());
    int x1 = (int) Math.min(geometry.width(), scrollX() + (1 + margin) * viewWidth());
    int y1 = (int) Math.min(geometry.height(), scrollY() + (1 + margin) * viewHeight());
    return new GridPainter.Part(x0, y0, Math.max(1, x1 - x0), Math.max(1, y1 - y0));
  }

  private void paint() {
    if (geometry == null || heads() == null) {
      return;
    }
    if (HeadNumbers.statistics(w) == null) {
      pixels.clear();
      return;
    }
    GridPainter.Part part = part(0.5);
    GridPainter.Order order =
        new GridPainter.Order(geometry, part, Density.of(this), fill(), clear());
    painter.submit(
        this,
        Job.of("Paint all heads", progress -> GridPainter.paint(order, progress)),
        picture -> show(order, picture),
        Density::rethrow);
  }

  private Set<Head> clear() {
    return byLayer() || zoom.oneLayer() ? heads().matching() : Set.copyOf(geometry.heads());
  }

  private void show(GridPainter.Order order, GridPainter.Picture picture) {
    painted = order.part();
    pixels.relocate(painted.x() - scrollX(), painted.y() - scrollY());
    pixels.show(
        picture.argb(),
        picture.width(),
        picture.height(),
        picture.width() / order.density(),
        picture.height() / order.density());
  }

  private GridFill fill() {
    HeadStatistics statistics = HeadNumbers.statistics(w);
    return w.gridColour
        .get()
        .score()
        .map(
            score -> {
              Palette palette = GridFill.palette(score, w.theme.get());
              return HeadNumbers.of(w)
                  .table(score)
                  .map(
                      t -> GridFill.scores(t, GridFill.scale(score, t, w.fitLimits.get()), palette))
                  .orElseGet(() -> GridFill.unknown(palette));
            })
        .orElseGet(
            () -> GridFill.maps(statistics, Scales.grid(w), Palette.sequential(w.theme.get())));
  }

  private void headChanged() {
    zoom.reveal(w.head.get());
    draw();
    setAccessibleText("Selected head " + HeadReadout.text(w, w.head.get()));
  }

  /** Draws what lies above the picture. */
  private void draw() {
    place(selection, w.head.get());
    place(pointed, hovered.get());
    if (geometry != null && w.model.get() != null) {
      GridInk.draw(this, ink);
    }
  }

  private void place(Rectangle rectangle, Head head) {
    int slot = geometry == null ? -1 : geometry.slot(head);
    rectangle.setVisible(slot >= 0);
    if (slot >= 0) {
      rectangle.setX(geometry.x(slot) - 1.5 - scrollX());
      rectangle.setY(geometry.y(slot) - 1.5 - scrollY());
      rectangle.setWidth(geometry.cellWidth() + 3);
      rectangle.setHeight(geometry.cellHeight() + 3);
    }
  }

  /** Shows a rubber band between two points of this node; NaN for none. */
  void band(double x0, double y0, double x1, double y1) {
    band.setVisible(!Double.isNaN(x0));
    if (band.isVisible()) {
      band.setX(Math.min(x0, x1) - left());
      band.setY(Math.min(y0, y1) - top());
      band.setWidth(Math.abs(x1 - x0));
      band.setHeight(Math.abs(y1 - y0));
    }
  }

  /** How the wheel and keys zoom. */
  GridZoom zoom() {
    return zoom;
  }
}
