package dev.headlight.app.view;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** As much room as the picture needs; long ones scroll in it, so that the rest stays near. */
final class VisualScreen extends Region {
  private static final double HIGHEST = 640;

  private final VisualPicture picture;
  private final ScrollPane scroll;

  VisualScreen(VisualPicture picture) {
    this.picture = picture;
    scroll = Ui.scrolled(picture);
    scroll.setFocusTraversable(false);
    getChildren().add(scroll);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefHeight(double width) {
    return Math.min(HIGHEST, picture.prefHeight(width < 0 ? getWidth() : width));
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
  protected void layoutChildren() {
    boolean longer = picture.prefHeight(getWidth()) > HIGHEST;
    scroll.setVbarPolicy(
        longer ? ScrollPane.ScrollBarPolicy.ALWAYS : ScrollPane.ScrollBarPolicy.NEVER);
    scroll.resizeRelocate(0, 0, getWidth(), getHeight());
  }
}
