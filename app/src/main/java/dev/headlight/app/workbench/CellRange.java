package dev.headlight.app.workbench;

/**
 * A rectangle of a map, upper limits excluded.
 *
 * @param row0 first query
 * @param row1 one past the last query
 * @param column0 first key
 * @param column1 one past the last key
 */
public record CellRange(int row0, int row1, int column0, int column1) {
  /** Whether another rectangle lies inside this one. */
  public boolean contains(CellRange other) {
    return row0 <= other.row0
        && column0 <= other.column0
        && row1 >= other.row1
        && column1 >= other.column1;
  }
}
