package dev.headlight.samples.shapes;

import java.util.Locale;

/** A ninth of a picture, row by row. */
public enum Place {
  /** Row 0, column 0. */
  TOP_LEFT,
  /** Row 0, column 1. */
  TOP,
  /** Row 0, column 2. */
  TOP_RIGHT,
  /** Row 1, column 0. */
  LEFT,
  /** Row 1, column 1. */
  MIDDLE,
  /** Row 1, column 2. */
  RIGHT,
  /** Row 2, column 0. */
  BOTTOM_LEFT,
  /** Row 2, column 1. */
  BOTTOM,
  /** Row 2, column 2. */
  BOTTOM_RIGHT;

  /** Places in a row, and in a column. */
  static final int SIDE = 3;

  /** The name in words. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  int row() {
    return ordinal() / SIDE;
  }

  int column() {
    return ordinal() % SIDE;
  }
}
