package dev.headlight.app.view;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** Parts in two columns, or below one another where the pane is narrow; all equally high. */
final class RetrievalParts extends Region {
  private static final double ROOMY = 760;
  private static final double LEAST = 300;
  private static final double MOST = 470;

  private double room;

  RetrievalParts(Node... parts) {
    getChildren().setAll(parts);
  }

  /** Tells how high the window on the parts is, so that two rows fill it. */
  void setRoom(double height) {
    if (height != room) {
      room = height;
      requestLayout();
    }
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private int columns(double width) {
    return width >= ROOMY ? 2 : 1;
  }

  private double tall() {
    return Math.rint(Math.max(LEAST, Math.min(MOST, room / 2)));
  }

  @Override
  protected double computePrefHeight(double width) {
    int columns = columns(width < 0 ? getWidth() : width);
    int rows = (getManagedChildren().size() + columns - 1) / columns;
    return rows * tall();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    return ROOMY;
  }

  @Override
  protected void layoutChildren() {
    int columns = columns(getWidth());
    double wide = Math.floor(getWidth() / columns);
    int column = 0;
    double y = 0;
    for (Node part : getManagedChildren()) {
      part.resizeRelocate(column * wide, y, columns == 1 ? getWidth() : wide, tall());
      column = (column + 1) % columns;
      y += column == 0 ? tall() : 0;
    }
  }
}
