package dev.headlight.app.view;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/**
 * Parts in two columns, or below one another where the pane is narrow; all equally high, and higher
 * where one of them is {@link Tall}. One row alone fills the window on it.
 */
final class PartGrid extends Region {
  private static final double ROOMY = 760;
  private static final double LEAST = 300;
  private static final double MOST = 470;
  private static final double HIGHEST = 760;

  /** What a part has above and below its figure. */
  private static final double BESIDES = 130;

  private double room;

  /** A part whose figure may need more height than others. */
  interface Tall {
    /** The height that suits its figure where it is so wide, as it stands now. */
    double height(double width);
  }

  PartGrid(Node... parts) {
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
    return width >= ROOMY ? Math.min(2, getManagedChildren().size()) : 1;
  }

  private int rows(int columns) {
    return columns == 0 ? 0 : (getManagedChildren().size() + columns - 1) / columns;
  }

  private double tall(double width, int columns) {
    double usual = tall(columns);
    double wide = Math.floor(width / Math.max(1, columns));
    double wish = 0;
    for (Node part : getManagedChildren()) {
      wish = Math.max(wish, part instanceof Tall t ? t.height(wide) + BESIDES : 0);
    }
    return Math.max(usual, Math.min(HIGHEST, Math.rint(wish)));
  }

  private double tall(int columns) {
    boolean few = rows(columns) < 2;
    return Math.rint(Math.max(LEAST, Math.min(few ? HIGHEST : MOST, few ? room : room / 2)));
  }

  @Override
  protected double computePrefHeight(double width) {
    double wide = width < 0 ? getWidth() : width;
    int columns = columns(wide);
    return rows(columns) * tall(wide, columns);
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
    double wide = Math.floor(getWidth() / Math.max(1, columns));
    double tall = tall(getWidth(), columns);
    int column = 0;
    double y = 0;
    for (Node part : getManagedChildren()) {
      part.resizeRelocate(column * wide, y, columns == 1 ? getWidth() : wide, tall);
      column = (column + 1) % columns;
      y += column == 0 ? tall : 0;
    }
  }
}
