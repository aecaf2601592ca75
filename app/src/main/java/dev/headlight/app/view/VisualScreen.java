package dev.headlight.app.view;

import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** As much room as the picture needs; long ones scroll in it, so that the rest stays near. */
final class VisualScreen extends Region {
  private static final double HIGHEST = 640;

  /** Part of the window's height that it may take where that is more. */
  private static final double OF_WINDOW = 0.6;

  private final VisualPicture picture;
  private final ScrollPane scroll;

  VisualScreen(VisualPicture picture) {
    this.picture = picture;
    scroll = Ui.scrolled(picture);
    scroll.setFocusTraversable(false);
    getChildren().add(scroll);
  }

  private double highest() {
    return getScene() == null ? HIGHEST : Math.max(HIGHEST, OF_WINDOW * getScene().getHeight());
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  @Override
  protected double computePrefHeight(double width) {
    return Math.min(highest(), picture.prefHeight(width < 0 ? getWidth() : width));
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
    boolean longer = picture.prefHeight(getWidth()) > highest();
    scroll.setVbarPolicy(
        longer ? ScrollPane.ScrollBarPolicy.ALWAYS : ScrollPane.ScrollBarPolicy.NEVER);
    scroll.resizeRelocate(0, 0, getWidth(), getHeight());
  }
}
