package dev.headlight.app.view;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/**
 * A wide column and two narrow ones side by side; the narrow ones below one another where room is
 * short, and all below one another where it is shorter.
 */
final class VisualColumns extends Region {
  private static final double TWO = 720;
  private static final double THREE = 1060;
  private static final double NARROW = 292;

  private final Node wide;
  private final Node first;
  private final Node second;

  VisualColumns(Node wide, Node first, Node second) {
    this.wide = wide;
    this.first = first;
    this.second = second;
    getStyleClass().add("visual-columns");
    getChildren().setAll(wide, first, second);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private static double widest(double width) {
    return width >= THREE ? width - 2 * NARROW : width >= TWO ? width - NARROW : width;
  }

  @Override
  protected double computePrefHeight(double given) {
    double width = given < 0 ? getWidth() : given;
    double big = wide.prefHeight(widest(width));
    if (width >= THREE) {
      return Math.max(big, Math.max(first.prefHeight(NARROW), second.prefHeight(NARROW)));
    }
    double narrow = width >= TWO ? NARROW : width;
    double small = first.prefHeight(narrow) + second.prefHeight(narrow);
    return width >= TWO ? Math.max(big, small) : big + small;
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
    return THREE;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double big = widest(width);
    double tall = wide.prefHeight(big);
    boolean beside = width >= TWO;
    wide.resizeRelocate(0, 0, big, beside ? Math.max(tall, getHeight()) : tall);
    double narrow = beside ? NARROW : width;
    double one = first.prefHeight(narrow);
    double two = second.prefHeight(narrow);
    if (width >= THREE) {
      first.resizeRelocate(big, 0, NARROW, Math.max(one, getHeight()));
      second.resizeRelocate(big + NARROW, 0, NARROW, Math.max(two, getHeight()));
    } else {
      double x = beside ? big : 0;
      double y = beside ? 0 : tall;
      first.resizeRelocate(x, y, narrow, one);
      second.resizeRelocate(x, y + one, narrow, two);
    }
  }
}
