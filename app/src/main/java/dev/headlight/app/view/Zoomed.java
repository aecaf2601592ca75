package dev.headlight.app.view;

import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.Orientation;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/** Draws everything in it larger or smaller by one factor; it fills what room there is. */
final class Zoomed extends Region {
  private final Region content;
  private final ObservableDoubleValue factor;

  Zoomed(Region content, ObservableDoubleValue factor) {
    this.content = content;
    this.factor = factor;
    Scale scale = new Scale();
    scale.xProperty().bind(factor);
    scale.yProperty().bind(factor);
    content.getTransforms().add(scale);
    getChildren().add(content);
    factor.addListener(o -> requestLayout());
    setMinSize(0, 0);
  }

  @Override
  public Orientation getContentBias() {
    return content.getContentBias();
  }

  @Override
  protected double computePrefWidth(double height) {
    return content.prefWidth(height < 0 ? -1 : height / factor.get()) * factor.get();
  }

  @Override
  protected double computePrefHeight(double width) {
    return content.prefHeight(width < 0 ? -1 : width / factor.get()) * factor.get();
  }

  @Override
  protected void layoutChildren() {
    content.resizeRelocate(0, 0, getWidth() / factor.get(), getHeight() / factor.get());
  }
}
