package dev.headlight.app.view;

import dev.headlight.app.engine.Alignment;
import dev.headlight.app.engine.ComparedMaps;
import dev.headlight.app.engine.HeadMap;
import dev.headlight.app.engine.MapOf;
import dev.headlight.app.job.LatestOnly;
import dev.headlight.app.workbench.Cell;
import dev.headlight.app.workbench.Comparison;
import dev.headlight.app.workbench.Workbench;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;

/** A, B and the difference, zoomed and read together. */
final class ComparePlots extends Region implements Zoomable {
  private static final double NOTCH = 1.0018;
  private static final double GAP = 12;

  /** Labels of three plots have room as if one plot had this share of the width. */
  private static final double LABELS = 0.7;

  /** A plot that labels would leave smaller than this has none: the read-out names its tokens. */
  private static final double SMALL = 110;

  /** Room that the read-out needs to stand beside a plot. */
  private static final double READABLE = 210;

  /** The cell of interest, in columns of the alignment; null for none. */
  final ObjectProperty<Cell> chosen = new SimpleObjectProperty<>(this, "chosen");

  private final Workbench w;
  private final Comparison comparison;
  private final ComparePlot a;
  private final ComparePlot b;
  private final ComparePlot difference;
  private final CompareReadout readout;
  private MapWindow window = MapWindow.all(1);
  private Cell locked;
  private Point2D pressed;
  private MapWindow pressedWindow;

  ComparePlots(Workbench workbench, Comparison comparison, LatestOnly painter) {
    this.w = workbench;
    this.comparison = comparison;
    this.a = new ComparePlot(w, painter);
    this.b = new ComparePlot(w, painter);
    this.difference = new ComparePlot(w, painter);
    getStyleClass().add("compare-plots");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.NODE);
    this.readout = new CompareReadout(w, comparison, chosen);
    getChildren().addAll(a, b, difference, readout);
    InvalidationListener repaint = o -> paint();
    comparison.maps.addListener((o, old, now) -> changed(now));
    w.hideSink.addListener(repaint);
    w.scale.addListener(repaint);
    w.theme.addListener(repaint);
    w.query.addListener(o -> follow());
    w.key.addListener(o -> follow());
    setOnMouseMoved(e -> chosen.set(at(e).orElse(locked)));
    setOnMouseExited(e -> chosen.set(locked));
    setOnMousePressed(this::press);
    setOnMouseDragged(this::drag);
    setOnMouseReleased(this::release);
    setOnScroll(this::scroll);
    setOnKeyPressed(this::key);
    chosen.addListener(o -> mark());
    changed(comparison.maps.get());
  }

  private void changed(ComparedMaps maps) {
    if (maps != null && window.length() != maps.alignment().length()) {
      window = MapWindow.all(maps.alignment().length());
      locked = null;
    }
    follow();
    requestLayout();
    paint();
  }

  /** The shared selection is in positions of A. */
  private void follow() {
    ComparedMaps maps = comparison.maps.get();
    locked = null;
    if (maps != null && w.key.get() >= 0) {
      int query = maps.alignment().columnOfA(w.query.get());
      int key = maps.alignment().columnOfA(w.key.get());
      locked = query < 0 || key < 0 ? null : new Cell(query, key);
    }
    chosen.set(locked);
  }

  /** The labels of a prompt over the columns. */
  static List<String> labels(List<String> tokens, int[] positions) {
    List<String> labels = new ArrayList<>();
    for (int position : positions) {
      labels.add(position == Alignment.GAP ? ComparePlot.GAP : tokens.get(position));
    }
    return labels;
  }

  /** The label of each column: A's token, else B's. */
  private static List<String> either(List<String> ofA, List<String> ofB) {
    List<String> labels = new ArrayList<>(ofA);
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).equals(ComparePlot.GAP)) {
        labels.set(i, ofB.get(i));
      }
    }
    return labels;
  }

  @Override
  protected void layoutChildren() {
    ComparedMaps maps = comparison.maps.get();
    if (maps == null || w.run.get() == null || comparison.runB.get() == null) {
      return;
    }
    List<String> labels = w.run.get().tokens().labels();
    // Beside A the rows of the others are told by A's, unless another prompt makes them differ.
    boolean once = labels.equals(comparison.runB.get().tokens().labels());
    Room room = room(labels, once, MapLayout.longest(labels, LABELS * getWidth()));
    if (Math.max(room.across(), room.half()) < SMALL) {
      room = room(labels, true, 0);
    }
    boolean each = room.longest() > 0 && (room.across() < room.half() || !once);
    a.setLabels(room.longest(), room.longest() > 0);
    b.setLabels(room.longest(), each);
    difference.setLabels(room.longest(), each);
    if (room.across() >= room.half()) {
      thirds(room.rows(), room.third(), room.below());
    } else {
      halves(room.beside(), Math.floor(room.inner() / 2));
    }
    paint();
  }

  /**
   * What plots would have of the region.
   *
   * @param longest room of a label; 0 for none
   * @param rows room of labels beside A alone
   * @param third width of a plot, all three side by side
   * @param across side of those
   * @param below height of the read-out below them
   * @param beside whether the read-out stands beside the difference when they stand in two rows
   * @param inner height of those two rows
   * @param half side of plots in two rows
   */
  private record Room(
      double longest,
      double rows,
      double third,
      double across,
      double below,
      boolean beside,
      double inner,
      double half) {}

  /**
   * @param once whether labels beside A tell the rows of the others too
   */
  private Room room(List<String> labels, boolean once, double longest) {
    double rows = once && longest > 0 ? MapLayout.rowRoom(longest) : 0;
    double below = readout.prefHeight(getWidth()) + GAP;
    double third = Math.floor((getWidth() - rows) / 3);
    double across = ComparePlot.side(third, getHeight() - below, labels, longest, !once);
    boolean beside = getWidth() / 2 - 2 * GAP >= READABLE;
    double inner = getHeight() - (beside ? 0 : below);
    double half = ComparePlot.side(getWidth() / 2, inner / 2, labels, longest, longest > 0);
    return new Room(longest, rows, third, across, below, beside, inner, half);
  }

  private void thirds(double room, double third, double below) {
    double height = getHeight() - below;
    a.resizeRelocate(0, 0, room + third, height);
    b.resizeRelocate(room + third, 0, third, height);
    difference.resizeRelocate(room + 2 * third, 0, third, height);
    readout.resizeRelocate(0, height + GAP, getWidth(), below - GAP);
  }

  private void halves(boolean beside, double height) {
    double width = Math.floor(getWidth() / 2);
    a.resizeRelocate(0, 0, width, height);
    b.resizeRelocate(width, 0, width, height);
    difference.resizeRelocate(0, height, width, height);
    double x = beside ? width + 2 * GAP : 0;
    double y = beside ? height + GAP : 2 * height + GAP;
    double rest = getWidth() - x;
    readout.resizeRelocate(x, y, rest, readout.prefHeight(rest));
  }

  private void paint() {
    ComparedMaps maps = comparison.maps.get();
    if (maps == null || w.run.get() == null || a.getWidth() < 1) {
      return;
    }
    List<String> ofA = labels(w.run.get().tokens().labels(), maps.alignment().a());
    List<String> ofB = labels(comparison.runB.get().tokens().labels(), maps.alignment().b());
    Palette weights = Palette.sequential(w.theme.get());
    ValueScale scale = Scales.grid(w);
    a.show("A  " + name(maps, true), picture(maps.a(), ofA, scale, weights), window);
    b.show("B  " + name(maps, false), picture(maps.b(), ofB, scale, weights), window);
    difference.show(
        "B − A",
        picture(
            maps.difference(),
            either(ofA, ofB),
            Scales.difference(w, maps.difference()),
            Palette.diverging(w.theme.get())),
        window);
    mark();
  }

  private String name(ComparedMaps maps, boolean first) {
    String head = (first ? maps.headA() : maps.headB()).toString();
    return switch (comparison.kind.get()) {
      case HEADS -> head;
      case PROMPTS -> head + (first ? ", this prompt" : ", the other prompt");
      case RUNS -> head + (first ? ", as it is" : ", changed");
    };
  }

  private static ComparePlot.Picture picture(
      Matrix cells, List<String> labels, ValueScale scale, Palette palette) {
    HeadMap map = new HeadMap(0, MapOf.of(null), 0, 0, 1, cells);
    return new ComparePlot.Picture(map, labels, scale, palette);
  }

  private void mark() {
    for (ComparePlot plot : List.of(a, b, difference)) {
      plot.mark(chosen.get(), window);
    }
  }

  private Optional<Cell> at(MouseEvent e) {
    for (ComparePlot plot : List.of(a, b, difference)) {
      Point2D p = plot.parentToLocal(e.getX(), e.getY());
      if (plot.contains(p) && plot.at(window, p.getX(), p.getY()).isPresent()) {
        return plot.at(window, p.getX(), p.getY());
      }
    }
    return Optional.empty();
  }

  private void press(MouseEvent e) {
    requestFocus();
    pressed = new Point2D(e.getX(), e.getY());
    pressedWindow = window;
  }

  private void drag(MouseEvent e) {
    if (pressedWindow != null && !window.whole()) {
      double step = a.perPixel(window);
      show(
          pressedWindow.moved(
              (pressed.getY() - e.getY()) * step, (pressed.getX() - e.getX()) * step));
    }
  }

  private void release(MouseEvent e) {
    if (e.getClickCount() == 2) {
      fit();
    } else if (e.isStillSincePress()) {
      at(e).ifPresent(this::lock);
    }
  }

  /** Selects a cell everywhere, where A has it. */
  private void lock(Cell cell) {
    Alignment alignment = comparison.maps.get().alignment();
    int query = alignment.a()[cell.query()];
    int key = alignment.a()[cell.key()];
    if (query != Alignment.GAP && key != Alignment.GAP) {
      w.lock(new Cell(query, key));
    }
    locked = cell;
    chosen.set(cell);
  }

  private void scroll(ScrollEvent e) {
    for (ComparePlot plot : List.of(a, b, difference)) {
      Point2D p = plot.parentToLocal(e.getX(), e.getY());
      if (plot.contains(p) && plot.at(window, p.getX(), p.getY()).isPresent()) {
        double[] about = plot.point(window, p.getX(), p.getY());
        show(window.zoomed(Math.pow(NOTCH, e.getDeltaY()), about[0], about[1]));
        e.consume();
        return;
      }
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

  private void show(MapWindow now) {
    if (!now.equals(window)) {
      window = now;
      paint();
    }
  }

  @Override
  public void zoom(double factor) {
    Cell cell = chosen.get();
    double middle = window.span() / 2;
    double row = cell != null ? cell.query() + 0.5 : window.row0() + middle;
    double column = cell != null ? cell.key() + 0.5 : window.column0() + middle;
    show(window.zoomed(factor, row, column));
  }

  @Override
  public void fit() {
    show(MapWindow.all(window.length()));
  }
}
