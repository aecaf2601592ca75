package dev.headlight.app.view;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/** A title with its verbs: at the right of it where they fit, else in lines below. */
final class PartHeader extends Region {
  private static final double LINE = 26;
  private static final double GAP = 6;

  private final Node title;
  private List<Node> verbs = List.of();

  PartHeader(Node title) {
    this.title = title;
    getChildren().add(title);
  }

  void verbs(List<Node> all) {
    verbs = List.copyOf(all);
    getChildren().setAll(verbs);
    getChildren().add(0, title);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  private double together() {
    return verbs.stream().mapToDouble(v -> v.prefWidth(-1) + GAP).sum();
  }

  private boolean beside(double width) {
    return title.prefWidth(-1) + GAP + together() <= width;
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }

  @Override
  protected double computePrefWidth(double height) {
    return title.prefWidth(-1) + GAP + together();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefHeight(double given) {
    double width = given < 0 ? getWidth() : given;
    return place(width, false);
  }

  @Override
  protected void layoutChildren() {
    place(getWidth(), true);
  }

  /** Places everything, or only says how high it will be. */
  private double place(double width, boolean really) {
    if (really) {
      put(title, 0, 0);
    }
    boolean beside = beside(width);
    double x = beside ? width - together() + GAP : 0;
    double y = beside || verbs.isEmpty() ? 0 : LINE + GAP;
    for (Node verb : verbs) {
      double wide = verb.prefWidth(-1);
      if (x > 0 && x + wide > width + 0.5) {
        x = 0;
        y += LINE + GAP;
      }
      if (really) {
        put(verb, x, y);
      }
      x += wide + GAP;
    }
    return y + LINE;
  }

  private static void put(Node node, double x, double y) {
    double wide = node.prefWidth(-1);
    double high = node.prefHeight(wide);
    node.resizeRelocate(Math.rint(x), Math.rint(y + (LINE - high) / 2), wide, high);
  }
}
