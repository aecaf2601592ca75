package dev.headlight.app.view;

import dev.headlight.analysis.job.Job;
import dev.headlight.analysis.text.TextUnit;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.CellRange;
import dev.headlight.app.workbench.HeadView;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/** One head's map: zoom, pan, token rails, profiles, exact read-out. */
final class HeatmapView extends Region {
  /** Labels may reach into the pane's padding. */
  private static final double MARGIN = 12;

  /** Narrower, the caption stands under the colour bar. */
  private static final double CAPTION = 270;

  private static final double CAPTION_HEIGHT = 46;

  private final Workbench w;
  private final HeadView view;
  private final LatestOnly painter;
  private final PixelView pixels = new PixelView();
  private final Rails rails;
  private final Profiles profiles;
  private final Rectangle frame = MapMarks.box("plot-frame");
  private final MapMarks marks = new MapMarks();
  private final CellCard card;
  private final LimitBar bar;
  private final Label axis = Ui.label("key", "tick");
  private final Label caption = Ui.label("", "caption");
  private MapLayout layout = new MapLayout(0, 0, 1, 1);
  private PlotMap map;
  private MapWindow window;

  HeatmapView(Workbench workbench, HeadView headView, LatestOnly painter) {
    this.w = workbench;
    this.view = headView;
    this.painter = painter;
    this.rails = new Rails(workbench);
    this.profiles = new Profiles(workbench);
    this.card = new CellCard(workbench);
    this.bar = new LimitBar(workbench);
    getStyleClass().add("heatmap");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    setAccessibleRoleDescription("attention map, queries down, keys right");
    setAccessibleHelp(
        "Arrow keys move the cell and read it out; Page Up and Page Down change the layer; N goes"
            + " to the next strong cell.");
    getChildren().addAll(pixels, frame, profiles, rails, marks, bar, axis, caption, card);
    caption.setWrapText(true);
    listen();
    new MapInput(w, this);
    mapChanged();
  }

  private void listen() {
    InvalidationListener changed = o -> mapChanged();
    w.map.addListener(changed);
    view.folded.addListener(changed);
    InvalidationListener repaint = o -> paint();
    w.tile.addListener(repaint);
    w.hideSink.addListener(repaint);
    w.scale.addListener(repaint);
    w.fitLimits.addListener(repaint);
    w.limits.addListener(repaint);
    w.theme.addListener(repaint);
    view.profiles.addListener(o -> requestLayout());
    InvalidationListener remark = o -> mark();
    w.hover.addListener(remark);
    w.row.addListener(remark);
    w.hoverRow.addListener(remark);
    view.column.addListener(remark);
    view.words.addListener(remark);
    view.found.addListener(remark);
    w.query.addListener(o -> selected());
    w.key.addListener(o -> selected());
  }

  private void mapChanged() {
    map = PlotMap.of(w, view);
    if (map == null) {
      window = null;
      pixels.clear();
    } else if (window == null || window.length() != map.length()) {
      window = MapWindow.all(map.length());
    }
    requestLayout();
    paint();
  }

  /** Whether there is a map of the pass at hand. */
  boolean ready() {
    return map != null
        && w.run.get() != null
        && map.map().run() == w.run.get().id()
        && window.length() == map.length();
  }

  /** What is drawn, or null. */
  PlotMap map() {
    return map;
  }

  /** Where it is drawn. */
  MapLayout plot() {
    return layout;
  }

  /** The part on view. */
  MapWindow window() {
    return window;
  }

  /** The tokens of the cell under a point. */
  Optional<Cell> tokensAt(double x, double y) {
    return layout.cell(window, x, y).map(map::tokens);
  }

  @Override
  protected void layoutChildren() {
    boolean ready = ready();
    for (Node node : getChildren()) {
      if (node != card) {
        node.setVisible(ready);
      }
    }
    if (!ready || getWidth() < 1) {
      return;
    }
    double room = view.profiles.get() ? Profiles.ROOM : 0;
    MapLayout wide = MapLayout.fit(getWidth(), getHeight() - room, map.labels(), room);
    boolean below = getWidth() - wide.x() - LimitBar.WIDTH < CAPTION;
    double more = below ? room + CAPTION_HEIGHT - 8 : room;
    MapLayout now = MapLayout.fit(getWidth(), getHeight() - more, map.labels(), room);
    place(now, now.y() + now.side() + room, below);
    if (!now.equals(layout)) {
      layout = now;
      paint();
    } else {
      mark();
    }
  }

  private void place(MapLayout now, double bottom, boolean below) {
    rails.setWidth(getWidth() + MARGIN);
    rails.setHeight(now.y() + now.side() + MARGIN);
    profiles.setWidth(getWidth());
    profiles.setHeight(bottom + MARGIN);
    frame.setX(now.x());
    frame.setY(now.y());
    frame.setWidth(now.side());
    frame.setHeight(now.side());
    marks.inside(now);
    pixels.relocate(now.x(), now.y());
    axis.resizeRelocate(now.x(), bottom + 4, 60, 14);
    double left = Math.max(0, Math.min(now.x(), getWidth() - LimitBar.WIDTH));
    bar.resizeRelocate(left, bottom + 22, LimitBar.WIDTH, LimitBar.HEIGHT);
    double x = below ? now.x() : now.x() + LimitBar.WIDTH + 16;
    double y = below ? bottom + 22 + LimitBar.HEIGHT + 2 : bottom + 16;
    caption.resizeRelocate(x, y, Math.max(0, getWidth() - x), CAPTION_HEIGHT);
  }

  /** Paints the window anew, and asks for exact cells where the map is pooled. */
  private void paint() {
    if (!ready() || layout.side() < 2) {
      return;
    }
    askForExact();
    w.visible.set(map.tokens(window.cells()));
    HeadMap whole = map.map();
    ValueScale scale = own(Scales.map(w, whole));
    double side = layout.side();
    int px = (int) Math.rint(side * Density.of(this));
    MapPainter.Order order =
        new MapPainter.Order(
            whole,
            map.spans() == null ? w.tile.get() : null,
            window,
            scale,
            Palette.sequential(w.theme.get()),
            px);
    painter.submit(
        this,
        Job.of("Paint " + whole.of(), progress -> MapPainter.paint(order)),
        argb -> pixels.show(argb, px, px, side, side),
        Density::rethrow);
    bar.show(own(Scales.track(w, whole.cells())), scale);
    caption.setText(caption(whole, scale));
    mark();
  }

  /** Of words the first key is left out of the sums, not the first word. */
  private ValueScale own(ValueScale scale) {
    return map.spans() == null ? scale : scale.withHideColumn0(false);
  }

  /** Names axes and curve, and says when a cell is no single weight. */
  private String caption(HeadMap whole, ValueScale scale) {
    StringBuilder text = new StringBuilder("rows query · columns key");
    if (!scale.caption().isEmpty()) {
      text.append(" · ").append(scale.caption());
    }
    if (map.spans() != null) {
      text.append("\nto a ")
          .append(unit())
          .append(": sum over its keys")
          .append(w.hideSink.get() ? " but the first token" : "")
          .append("; of one: mean of its")
          .append(" queries");
    } else if (!whole.exact() && window.span() > ModelHost.WHOLE) {
      text.append(
          "\neach cell the largest of %1$d × %1$d; zoom for exact".formatted(whole.block()));
    }
    return text.toString();
  }

  private String unit() {
    return view.unit.get() == TextUnit.WORD ? "word" : "sentence";
  }

  private void askForExact() {
    CellRange now = w.wanted.get();
    boolean pooled = !map.map().exact() && window.span() <= ModelHost.WHOLE;
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
      window = window.revealing(map.of(w.query.get()), map.of(w.key.get()));
      paint();
    } else {
      mark();
    }
  }

  /** Everything over the picture: labels, boxes, curves, card. */
  private void mark() {
    if (!ready()) {
      card.show(null, null);
      return;
    }
    Cell tokens = w.shownCell();
    Cell cell = map.of(tokens);
    int query = cell != null ? cell.query() : map.of(w.query.get());
    rails.draw(map, layout, window, view);
    marks.show(layout, window, query, cell);
    profiles.setVisible(view.profiles.get());
    if (view.profiles.get()) {
      curves(query, cell);
    }
    card.show(tokens, map);
    if (cell != null) {
      placeCard(cell);
      setAccessibleText(card.text());
    } else {
      setAccessibleText("Attention map of " + map.map().of() + ", arrow keys read cells");
    }
  }

  private void curves(int chosen, Cell chosenCell) {
    int query = chosen < map.length() ? chosen : -1; // Else it is of the former prompt.
    Cell cell = chosenCell == null || chosenCell.key() >= map.length() ? null : chosenCell;
    boolean exact = map.map().exact();
    float[] row = query < 0 ? null : exact ? map.map().cells().row(query) : view.row(query);
    float[] column =
        cell == null
            ? null
            : exact ? HeadView.column(map.map().cells(), cell.key()) : view.column(cell.key());
    profiles.draw(
        layout,
        window,
        map.spans() == null && w.hideSink.get(),
        row,
        query < 0 ? "" : map.place(query),
        column,
        cell == null ? "" : map.place(cell.key()));
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

  /** Shows another part. */
  void show(MapWindow now) {
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
      Cell cell = map.of(w.shownCell());
      double middle = window.span() / 2;
      double row = cell != null ? cell.query() + 0.5 : window.row0() + middle;
      double column = cell != null ? cell.key() + 0.5 : window.column0() + middle;
      show(window.zoomed(factor, row, column));
    }
  }
}
