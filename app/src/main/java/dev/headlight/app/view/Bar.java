package dev.headlight.app.view;

import javafx.scene.layout.Region;

/** A thin bar that fills with a share. */
final class Bar extends Region {
  private static final double HEIGHT = 6;
  private final Region fill = new Region();
  private double share;

  Bar() {
    getStyleClass().add("bar");
    fill.getStyleClass().add("bar-fill");
    getChildren().add(fill);
    setMinHeight(HEIGHT);
    setMaxHeight(HEIGHT);
    setPrefHeight(HEIGHT);
  }

  /** Shows a share from 0 to 1; what lies outside is cut. */
  void set(double newShare) {
    share = Double.isNaN(newShare) ? 0 : Math.max(0, Math.min(1, newShare));
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = share == 0 ? 0 : Math.max(2, Math.round(getWidth() * share));
    fill.resizeRelocate(0, 0, width, getHeight());
  }
}
