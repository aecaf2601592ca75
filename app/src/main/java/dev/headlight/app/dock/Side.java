package dev.headlight.app.dock;

/** Where a pane goes, seen from a group. */
public enum Side {
  /** Left of the group, in a group of its own. */
  LEFT,
  /** Right of the group. */
  RIGHT,
  /** Above the group. */
  TOP,
  /** Below the group. */
  BOTTOM,
  /** Into the group, as its last tab. */
  INSIDE;

  /** Share of the room at an edge that means the edge. */
  private static final double EDGE = 0.25;

  /**
   * The side that a point of a group means.
   *
   * @param x 0 at the left edge to 1 at the right
   * @param y 0 at the upper edge to 1 at the lower
   */
  public static Side at(double x, double y) {
    double nearest = Math.min(Math.min(x, 1 - x), Math.min(y, 1 - y));
    if (nearest > EDGE) {
      return INSIDE;
    }
    if (nearest == x) {
      return LEFT;
    }
    if (nearest == 1 - x) {
      return RIGHT;
    }
    return nearest == y ? TOP : BOTTOM;
  }

  boolean across() {
    return this == LEFT || this == RIGHT;
  }

  boolean before() {
    return this == LEFT || this == TOP;
  }
}
