package dev.headlight.app.view;

import dev.headlight.app.workbench.CellRange;
import dev.headlight.renderer.Viewport;

/**
 * The square part of a square map that is on view, never beyond its edges.
 *
 * @param length tokens of the map
 * @param row0 upper edge, in tokens
 * @param column0 left edge, in tokens
 * @param span tokens along each side
 */
record MapWindow(int length, double row0, double column0, double span) {
  private static final double CLOSEST = 4;

  /** Everything. */
  static MapWindow all(int length) {
    return new MapWindow(length, 0, 0, length);
  }

  /** Keeps the window inside the map. */
  MapWindow {
    span = Math.min(length, Math.max(Math.min(CLOSEST, length), span));
    row0 = Math.max(0, Math.min(length - span, row0));
    column0 = Math.max(0, Math.min(length - span, column0));
  }

  boolean whole() {
    return span == length;
  }

  /** Zoomed about a cell that stays where it is; above 1 shows fewer, larger cells. */
  MapWindow zoomed(double factor, double row, double column) {
    double now = Math.min(length, Math.max(Math.min(CLOSEST, length), span / factor));
    double share = now / span;
    return new MapWindow(
        length, row - (row - row0) * share, column - (column - column0) * share, now);
  }

  MapWindow moved(double rows, double columns) {
    return new MapWindow(length, row0 + rows, column0 + columns, span);
  }

  /** Moved as little as shows a cell whole. */
  MapWindow revealing(int row, int column) {
    return new MapWindow(length, reveal(row0, row), reveal(column0, column), span);
  }

  private double reveal(double from, int index) {
    return Math.min(index, Math.max(index + 1 - span, from));
  }

  /** As seen from a matrix that starts at a row and column and whose cells stand for blocks. */
  Viewport over(int firstRow, int firstColumn, int block) {
    return new Viewport(
        (row0 - firstRow) / block, (column0 - firstColumn) / block, span / block, span / block);
  }

  /** The cells on view. */
  CellRange cells() {
    return new CellRange(
        (int) Math.floor(row0),
        (int) Math.min(length, Math.ceil(row0 + span)),
        (int) Math.floor(column0),
        (int) Math.min(length, Math.ceil(column0 + span)));
  }

  /** The cells on view with as many again around them, so that a small pan asks for nothing. */
  CellRange cellsAround() {
    CellRange c = cells();
    int more = (int) (span / 4);
    return new CellRange(
        Math.max(0, c.row0() - more),
        Math.min(length, c.row1() + more),
        Math.max(0, c.column0() - more),
        Math.min(length, c.column1() + more));
  }
}
