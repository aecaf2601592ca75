package dev.headlight.app.view;

import dev.headlight.analysis.run.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the cells of the grid stand, in logical pixels from the grid's own corner; the grid may be
 * larger than its room. Cells stand in slots, row by row.
 */
final class GridGeometry {
  /** Wider cells have gaps one can see. */
  private static final int ROOMY = 10;

  /** Wider cells have room for a name below them. */
  private static final int NAMED = 34;

  private static final int CAPTION = 14;
  private static final int SMALLEST = 4;

  /** Longest side of a cell when everything fits. */
  static final int LARGEST = 112;

  /** Longest side of a cell at all. */
  static final int ENORMOUS = 256;

  private final List<Head> heads;
  private final Map<Head, Integer> slots = new HashMap<>();
  private final int columns;
  private final int cellWidth;
  private final int cellHeight;
  private final int caption;

  private GridGeometry(List<Head> heads, int columns, int cellWidth, int cellHeight, int caption) {
    this.heads = List.copyOf(heads);
    this.columns = Math.max(1, columns);
    this.cellWidth = cellWidth;
    this.cellHeight = cellHeight;
    this.caption = caption;
    for (int i = 0; i < heads.size(); i++) {
      slots.put(heads.get(i), i);
    }
  }

  /**
   * Layers as rows and heads as columns. At zoom 1 all of them fit, unless cells would vanish;
   * above it cells first become square, then larger than their room.
   */
  static GridGeometry byLayer(int layers, int count, double width, double height, double zoom) {
    List<Head> all = new ArrayList<>();
    for (int i = 0; i < layers * count; i++) {
      all.add(new Head(i / count, i % count));
    }
    int wide = side(width, count, LARGEST);
    int high = Math.min(wide, side(height, layers, LARGEST));
    int zoomed = (int) Math.min(ENORMOUS, Math.max(high, Math.rint(high * zoom)));
    return new GridGeometry(all, count, Math.max(wide, zoomed), zoomed, 0);
  }

  private static int side(double room, int count, int most) {
    int side = (int) Math.floor(room / count) - gap((int) (room / count));
    return Math.max(SMALLEST, Math.min(most, side));
  }

  /**
   * Heads one after the other in square cells. At zoom 1 all of them fit.
   *
   * @param most longest side at zoom 1
   */
  static GridGeometry list(List<Head> heads, double width, double height, int most, double zoom) {
    int side = fitting(heads.size(), width, height, most);
    if (zoom > 1) {
      side = (int) Math.min(Math.max(side, Math.min(ENORMOUS, width)), Math.rint(side * zoom));
    }
    int columns = (int) ((width + gap(side)) / (side + gap(side)));
    return new GridGeometry(heads, Math.min(columns, heads.size()), side, side, caption(side));
  }

  /** The largest side at which so many cells fit. */
  private static int fitting(int count, double width, double height, int most) {
    int side = most;
    while (side > SMALLEST) {
      int columns = (int) ((width + gap(side)) / (side + gap(side)));
      int rows = columns == 0 ? Integer.MAX_VALUE : (count + columns - 1) / columns;
      if (columns > 0 && (long) rows * (side + gap(side) + caption(side)) <= height) {
        return side;
      }
      side--;
    }
    return SMALLEST;
  }

  private static int gap(int side) {
    return side >= ROOMY ? 3 : 1;
  }

  private static int caption(int side) {
    return side >= NAMED ? CAPTION : 0;
  }

  int gap() {
    return gap(cellHeight);
  }

  List<Head> heads() {
    return heads;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return (heads.size() + columns - 1) / columns;
  }

  int cellWidth() {
    return cellWidth;
  }

  int cellHeight() {
    return cellHeight;
  }

  /** Whether a name stands below each cell. */
  boolean named() {
    return caption > 0;
  }

  /** From one column to the next. */
  int stepX() {
    return cellWidth + gap();
  }

  /** From one row to the next. */
  int stepY() {
    return cellHeight + gap() + caption;
  }

  int x(int slot) {
    return slot % columns * stepX();
  }

  int y(int slot) {
    return slot / columns * stepY();
  }

  int width() {
    return columns * stepX() - gap();
  }

  int height() {
    return rows() * stepY() - gap();
  }

  /** Where a head stands; negative for nowhere. */
  int slot(Head head) {
    return head == null ? -1 : slots.getOrDefault(head, -1);
  }

  /** The head under a point; gap and name belong to the cell before them. */
  Optional<Head> at(double x, double y) {
    int column = (int) Math.floor(x / stepX());
    int row = (int) Math.floor(y / stepY());
    int slot = row * columns + column;
    boolean inside = column >= 0 && column < columns && row >= 0 && slot < heads.size();
    return inside ? Optional.of(heads.get(slot)) : Optional.empty();
  }

  /** The heads whose cells a rectangle touches. */
  List<Head> within(double x0, double y0, double x1, double y1) {
    List<Head> touched = new ArrayList<>();
    for (int slot = 0; slot < heads.size(); slot++) {
      boolean across = x(slot) < x1 && x(slot) + cellWidth > x0;
      boolean down = y(slot) < y1 && y(slot) + cellHeight > y0;
      if (across && down) {
        touched.add(heads.get(slot));
      }
    }
    return touched;
  }

  /** The head some rows and columns away, staying inside; past a row's end is the next row. */
  Head moved(Head from, int rows, int across) {
    int slot = slot(from);
    if (slot < 0) {
      return heads.isEmpty() ? from : heads.get(0);
    }
    int to = slot + across + rows * columns;
    return to < 0 || to >= heads.size() ? from : heads.get(to);
  }

  /** Every how many rows or columns a number fits. */
  static int labelledEvery(double step, double room) {
    int stride = 1;
    while (stride * step < room) {
      stride *= 2;
    }
    return stride;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GridGeometry g
        && columns == g.columns
        && cellWidth == g.cellWidth
        && cellHeight == g.cellHeight
        && caption == g.caption
        && heads.equals(g.heads);
  }

  @Override
  public int hashCode() {
    return heads.hashCode() * 31 + cellWidth;
  }
}
