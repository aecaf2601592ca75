package dev.headlight.app.view;

import javafx.scene.layout.Region;

/** The grid, as high as it needs to be and there is room, and below it what belongs to it. */
final class GridColumn extends Region {
  static final double GAP = 10;

  private final HeadGrid grid;
  private final Region below;

  GridColumn(HeadGrid grid, Region below) {
    this.grid = grid;
    this.below = below;
    setMinSize(0, 0);
    getChildren().addAll(grid, below);
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double low = below.prefHeight(width);
    double room = Math.max(0, getHeight() - low - GAP);
    double high = Math.ceil(Math.min(room, grid.needed(width, room)));
    grid.resizeRelocate(0, 0, width, high);
    below.resizeRelocate(0, high + GAP, width, low);
  }
}
