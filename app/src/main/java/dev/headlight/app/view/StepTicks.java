package dev.headlight.app.view;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.Region;

/** Ticks below a slider at any places, with labels where there is room for them. */
final class StepTicks extends Region {
  private static final double TICK = 4;
  private static final double GAP = 5;
  private static final double THUMB = 16;

  private final Slider slider;
  private final List<Label> labels = new ArrayList<>();
  private final List<Region> marks = new ArrayList<>();
  private List<Double> places = List.of();

  StepTicks(Slider slider) {
    this.slider = slider;
    setMinWidth(0);
    setMouseTransparent(true);
  }

  /** Shows a tick at each place, the first at 0, the last at the slider's end. */
  void show(List<String> names, List<Double> at) {
    places = List.copyOf(at);
    labels.clear();
    marks.clear();
    for (String name : names) {
      labels.add(Ui.label(name, "step-label"));
      Region mark = new Region();
      mark.getStyleClass().add("step-mark");
      marks.add(mark);
    }
    getChildren().setAll(marks);
    getChildren().addAll(labels);
    requestLayout();
  }

  @Override
  protected double computePrefHeight(double width) {
    return labels.isEmpty() ? 0 : TICK + labels.get(0).prefHeight(-1);
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected double computePrefWidth(double height) {
    return 0;
  }

  @Override
  protected void layoutChildren() {
    Node thumb = slider.lookup(".thumb");
    double wide = thumb == null ? THUMB : thumb.getLayoutBounds().getWidth();
    double free = getWidth() - wide;
    double[] centres = new double[places.size()];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = wide / 2 + free * places.get(i) / slider.getMax();
      marks.get(i).resizeRelocate(Math.rint(centres[i]), 0, 1, TICK - 1);
    }
    label(centres);
  }

  /** Both ends first, then from the left what stands free. */
  private void label(double[] centres) {
    int last = labels.size() - 1;
    double end = last < 0 ? 0 : place(last, centres[last]);
    double taken = -GAP;
    for (int i = 0; i <= last; i++) {
      Label label = labels.get(i);
      double x = place(i, centres[i]);
      boolean free = i == last || (x >= taken + GAP && x + label.prefWidth(-1) + GAP <= end);
      label.setVisible(free);
      if (free) {
        double wide = label.prefWidth(-1);
        label.resizeRelocate(x, TICK, wide, label.prefHeight(-1));
        taken = x + wide;
      }
    }
  }

  private double place(int index, double centre) {
    double wide = labels.get(index).prefWidth(-1);
    return Math.rint(Math.max(0, Math.min(getWidth() - wide, centre - wide / 2)));
  }
}
