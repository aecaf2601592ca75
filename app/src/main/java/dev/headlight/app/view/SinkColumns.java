package dev.headlight.app.view;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;

/**
 * Parts in as many columns as fit, at most three: six parts stand as two rows of three, three rows
 * of two, or below each other.
 */
final class SinkColumns extends Region {
  /** Room from which two, and three columns stand beside each other. */
  private static final double TWO = 490;

  private static final double THREE = 1000;
  private static final double GAP = 24;

  private final List<? extends Region> parts;

  SinkColumns(List<? extends Region> parts) {
    this.parts = List.copyOf(parts);
    getChildren().addAll(parts);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private static int columns(double width) {
    return width >= THREE ? 3 : width >= TWO ? 2 : 1;
  }

  private static double columnWidth(double width, int columns) {
    return Math.max(0, Math.floor((width - (columns - 1) * GAP) / columns));
  }

  /** The part at a place: parts are given by pairs, and a third column takes the last pair. */
  private Region part(int row, int column, int columns) {
    boolean third = columns == 3 && column == 2;
    int index = columns == 3 ? (third ? 4 + row : 2 * row + column) : row * columns + column;
    return index < parts.size() ? parts.get(index) : null;
  }

  private double rowHeight(int row, int columns, double width) {
    double most = 0;
    for (int c = 0; c < columns; c++) {
      Region part = part(row, c, columns);
      most = part == null ? most : Math.max(most, Math.ceil(part.prefHeight(width)));
    }
    return most;
  }

  @Override
  protected double computePrefWidth(double height) {
    return TWO;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefHeight(double given) {
    double width = given < 0 ? getWidth() : given;
    int columns = columns(width);
    int rows = (parts.size() + columns - 1) / columns;
    double sum = (rows - 1) * GAP;
    for (int r = 0; r < rows; r++) {
      sum += rowHeight(r, columns, columnWidth(width, columns));
    }
    return sum;
  }

  @Override
  protected void layoutChildren() {
    int columns = columns(getWidth());
    double width = columnWidth(getWidth(), columns);
    double y = 0;
    for (int r = 0; r < (parts.size() + columns - 1) / columns; r++) {
      double height = rowHeight(r, columns, width);
      for (int c = 0; c < columns; c++) {
        Region part = part(r, c, columns);
        if (part != null) {
          part.resizeRelocate(c * (width + GAP), y, width, height);
        }
      }
      y += height + GAP;
    }
  }
}
