package dev.headlight.app.view;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** Parts beside one another where the pane is wide enough, else below; each as high as it likes. */
final class CircuitColumns extends Region {
  private static final double ROOMY = 720;

  CircuitColumns(Node... parts) {
    getChildren().setAll(parts);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private boolean beside(double width) {
    return width >= ROOMY;
  }

  private double share(double width) {
    return beside(width) ? Math.floor(width / getManagedChildren().size()) : width;
  }

  private double tall(Node part, double width) {
    return Math.ceil(part.prefHeight(share(width)));
  }

  @Override
  protected double computePrefHeight(double width) {
    double known = width < 0 ? getWidth() : width;
    var heights = getManagedChildren().stream().mapToDouble(p -> tall(p, known));
    return beside(known) ? heights.max().orElse(0) : heights.sum();
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
    double width = getWidth();
    double x = 0;
    double y = 0;
    for (Node part : getManagedChildren()) {
      double high = beside(width) ? getHeight() : tall(part, width);
      part.resizeRelocate(x, y, share(width), high);
      x += beside(width) ? share(width) : 0;
      y += beside(width) ? 0 : high;
    }
  }
}
