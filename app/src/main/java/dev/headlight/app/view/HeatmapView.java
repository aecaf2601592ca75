package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.engine.RunSnapshot;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.CellRange;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.ColorMap;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** One head's map: zoom, pan, token rails, exact read-out. */
final class HeatmapView extends Region {
  private static final double NOTCH = 1.0018;

  /** Labels may reach into the pane's padding. */
  private static final double MARGIN = 12;

  private final Workbench w;
  private final LatestOnly painter;
  private final PixelView pixels = new PixelView();
  private final Rails rails;
  private final Rectangle frame = box("plot-frame");
  private final Rectangle rowBox = box("row-box");
  private final Rectangle cellBox = box("cell-box");
  private final Rectangle clip = new Rectangle();
  private final CellCard card;
  private final ColourBar bar = new ColourBar();
  private final Label axis = Ui.label("key", "tick");
  private final Label caption = Ui.label("", "caption");
  private MapLayout layout = new MapLayout(0, 0, 1);
  private MapWindow window;
  private Point2D pressed;
  private MapWindow pressedWindow;

  HeatmapView(Workbench workbench, LatestOnly painter) {
    this.w = workbench;
    this.painter = painter;
    this.rails = new Rails(workbench);
    this.card = new CellCard(workbench);
    getStyleClass().add("heatmap");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("attention map, queries down, keys right");
    javafx.scene.layout.Pane boxes = new javafx.scene.layout.Pane(rowBox, cellBox);
    boxes.setManaged(false);
    boxes.setMouseTransparent(true);
    boxes.setClip(clip);
    getChildren().addAll(pixels, frame, rails, boxes, bar, axis, caption, card);
    listen();
    mapChanged(w.map.get());
  }

  private static Rectangle box(String style) {
    Rectangle rectangle = new Rectangle();
    rectangle.setManaged(false);
    rectangle.setMouseTransparent(true);
    rectangle.getStyleClass().add(style);
    return rectangle;
  }

  private void listen() {
    InvalidationListener repaint = o -> paint();
    w.map.addListener((o, old, now) -> mapChanged(now));
    w.tile.addListener(repaint);
    w.hideSink.addListener(repaint);
    w.scale.addListener(repaint);
    w.fitLimits.addListener(repaint);
    w.theme.addListener(repaint);
    InvalidationListener remark = o -> mark();
    w.hover.addListener(remark);
    w.row.addListener(remark);
    w.hoverRow.addListener(remark);
    w.query.addListener(o -> selected());
    w.key.addListener(o -> selected());
    setOnMouseMoved(this::hover);
    setOnMouseExited(e -> w.hover.set(null));
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseReleased(this::release);
    setOnScroll(this::scroll);
    setOnKeyPressed(this::key);
  }

  private void mapChanged(HeadMap map) {
    if (map == null) {
      window = null;
      pixels.clear();
    } else if (window == null || window.length() != w.run.get().length()) {
      window = MapWindow.all(w.run.get().length());
    }
    requestLayout();
    paint();
  }

  private List<String> labels() {
    return w.run.get().tokens().labels();
  }

  private boolean ready() {
    RunSnapshot run = w.run.get();
    return run != null && w.map.get() != null && window != null && window.length() == run.length();
  }

  @Override
  protected void layoutChildren() {
    boolean ready = ready();
    for (javafx.scene.Node node : getChildren()) {
      if (node != card) {
        node.setVisible(ready);
      }
    }
    if (!ready || getWidth() < 1) {
      return;
    }
    MapLayout now = MapLayout.fit(getWidth(), getHeight(), labels());
    rails.setWidth(getWidth() + MARGIN);
    rails.setHeight(now.y() + now.side() + MARGIN);
    frame.setX(now.x());
    frame.setY(now.y());
    frame.setWidth(now.side());
    frame.setHeight(now.side());
    clip.setX(now.x() - 1);
    clip.setY(now.y() - 1);
    clip.setWidth(now.side() + 2);
    clip.setHeight(now.side() + 2);
    pixels.relocate(now.x(), now.y());
    double below = now.y() + now.side();
    axis.resizeRelocate(now.x(), below + 6, 60, 14);
    bar.resizeRelocate(now.x(), below + 26, bar.prefWidth(-1), bar.prefHeight(-1));
    double captionX = now.x() + bar.prefWidth(-1) + 24;
    caption.resizeRelocate(captionX, below + 18, getWidth() - captionX, 46);
    if (!now.equals(layout)) {
      layout = now;
      paint();
    } else {
      mark();
    }
  }

  /** Paints the window anew, and asks for exact cells where the map is pooled. */
  private void paint() {
    if (!ready() || layout.side() < 2) {
      return;
    }
    askForExact();
    w.visible.set(window.cells());
    HeadMap map = w.map.get();
    ValueScale scale = Scales.map(w, map);
    double side = layout.side();
    int px = (int) Math.rint(side * Density.of(this));
    MapPainter.Order order =
        new MapPainter.Order(
            map, w.tile.get(), window, scale, Palette.sequential(w.theme.get()), px);
    painter.submit(
        this,
        Job.of("Paint " + map.head(), progress -> MapPainter.paint(order)),
        argb -> pixels.show(argb, px, px, side, side),
        Density::rethrow);
    bar.show(scale, ColorMap.viridis(), "");
    caption.setText(caption(map, scale));
    mark();
  }

  /** Names axes and curve, and says when a cell is no single weight. */
  private String caption(HeadMap map, ValueScale scale) {
    String text = "rows query · columns key";
    String curve = scale.caption();
    text += curve.isEmpty() ? "" : "\n" + curve;
    boolean pooled = !map.exact() && window.span() > ModelHost.WHOLE;
    return pooled
        ? text + "\neach cell the largest of %1$d × %1$d; zoom for exact".formatted(map.block())
        : text;
  }

  private void askForExact() {
    CellRange now = w.wanted.get();
    boolean pooled = !w.map.get().exact() && window.span() <= ModelHost.WHOLE;
    if (!pooled) {
      w.wanted.set(null);
    } else if (now == null
        || !now.contains(window.cells())
        || now.row1() - now.row0() > 3 * window.span()) {
      w.wanted.set(window.cellsAround());
    }
  }

  private void selected() {
    if (ready() && w.key.get() >= 0) {
      window = window.revealing(w.query.get(), w.key.get());
      paint();
    } else {
      mark();
    }
  }

  /** Everything over the picture: labels, boxes, card. */
  private void mark() {
    if (!ready()) {
      card.show(null);
      return;
    }
    rails.draw(labels(), layout, window);
    Cell cell = w.shownCell();
    int query = cell != null ? cell.query() : w.query.get();
    rowBox.setVisible(query >= 0);
    place(rowBox, query, 0, window.length());
    cellBox.setVisible(cell != null);
    card.show(cell);
    if (cell != null) {
      place(cellBox, cell.query(), cell.key(), 1);
      placeCard(cell);
      setAccessibleText(card.text());
    } else {
      setAccessibleText("Attention map of " + w.head.get() + ", arrow keys read cells");
    }
  }

  private void place(Rectangle rectangle, int row, int column, int columns) {
    double left = Math.max(layout.x(), layout.xOf(window, column));
    double right = Math.min(layout.x() + layout.side(), layout.xOf(window, column + columns));
    double top = layout.yOf(window, row);
    double bottom = layout.yOf(window, row + 1);
    rectangle.setX(Math.rint(left) - 0.5);
    rectangle.setY(Math.rint(top) - 0.5);
    rectangle.setWidth(Math.rint(right) - Math.rint(left) + 1);
    rectangle.setHeight(Math.rint(bottom) - Math.rint(top) + 1);
  }

  /** Above the cell, so that its row stays in sight; below it where there is no room. */
  private void placeCard(Cell cell) {
    card.autosize();
    double middle = layout.xOf(window, cell.key() + 0.5);
    double x = Math.min(getWidth() - card.getWidth() - 4, middle - card.getWidth() / 2);
    double above = layout.yOf(window, cell.query()) - card.getHeight() - 10;
    double y = above >= 0 ? above : layout.yOf(window, cell.query() + 1) + 10;
    card.relocate(Math.max(4, Math.rint(x)), Math.rint(y));
  }

  private void hover(MouseEvent e) {
    w.hover.set(ready() ? layout.cell(window, e.getX(), e.getY()).orElse(null) : null);
  }

  private void press(MouseEvent e) {
    requestFocus();
    pressed = new Point2D(e.getX(), e.getY());
    pressedWindow = window;
  }

  private void drag(MouseEvent e) {
    if (ready() && pressedWindow != null && !window.whole()) {
      double perPixel = window.span() / layout.side();
      show(
          pressedWindow.moved(
              (pressed.getY() - e.getY()) * perPixel, (pressed.getX() - e.getX()) * perPixel));
    }
  }

  private void release(MouseEvent e) {
    if (!ready() || e.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (e.getClickCount() == 2) {
      fit();
    } else if (e.isStillSincePress()) {
      layout.cell(window, e.getX(), e.getY()).ifPresent(w::lock);
    }
  }

  private void scroll(ScrollEvent e) {
    if (ready() && !e.isInertia()) {
      double factor = Math.pow(NOTCH, e.getDeltaY());
      show(window.zoomed(factor, layout.row(window, e.getY()), layout.column(window, e.getX())));
      e.consume();
    }
  }

  private void show(MapWindow now) {
    if (!now.equals(window)) {
      window = now;
      paint();
    }
  }

  /** Shows the whole map. */
  void fit() {
    if (ready()) {
      show(MapWindow.all(window.length()));
    }
  }

  /** Zooms about the selected cell or the middle. */
  void zoom(double factor) {
    if (ready()) {
      Cell cell = w.shownCell();
      double middle = window.span() / 2;
      double row = cell != null ? cell.query() + 0.5 : window.row0() + middle;
      double column = cell != null ? cell.key() + 0.5 : window.column0() + middle;
      show(window.zoomed(factor, row, column));
    }
  }

  private void key(KeyEvent e) {
    switch (e.getCode()) {
      case LEFT -> w.moveCell(0, -1);
      case RIGHT -> w.moveCell(0, 1);
      case UP -> w.moveCell(-1, 0);
      case DOWN -> w.moveCell(1, 0);
      case PAGE_UP -> w.moveHead(-1, 0);
      case PAGE_DOWN -> w.moveHead(1, 0);
      case ESCAPE -> w.unlock();
      case PLUS, ADD, EQUALS -> zoom(1.5);
      case MINUS, SUBTRACT -> zoom(1 / 1.5);
      case DIGIT0, NUMPAD0 -> fit();
      default -> {
        return;
      }
    }
    e.consume();
  }
}
