package dev.headlight.samples.shapes;

import java.util.Arrays;
import java.util.Locale;

/** A ninth of a picture, row by row. */
public enum Place {
  /** Row 0, column 0. */
  TOP_LEFT(0, 0),
  /** Row 0, column 1. */
  TOP(0, 1),
  /** Row 0, column 2. */
  TOP_RIGHT(0, 2),
  /** Row 1, column 0. */
  LEFT(1, 0),
  /** Row 1, column 1. */
  MIDDLE(1, 1),
  /** Row 1, column 2. */
  RIGHT(1, 2),
  /** Row 2, column 0. */
  BOTTOM_LEFT(2, 0),
  /** Row 2, column 1. */
  BOTTOM(2, 1),
  /** Row 2, column 2. */
  BOTTOM_RIGHT(2, 2);

  /** Places in a row, and in a column. */
  static final int SIDE = 3;

  private final int row;
  private final int column;

  Place(int row, int column) {
    this.row = row;
    this.column = column;
  }

  /** The name in words. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Place at(int row, int column) {
    return Arrays.stream(values())
        .filter(place -> place.row == row && place.column == column)
        .findFirst()
        .orElseThrow();
  }

  int row() {
    return row;
  }

  int column() {
    return column;
  }
}
