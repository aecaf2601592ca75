package dev.headlight.app.view;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.vision.Mask;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Paints a mask over the picture; it counts when the button is let go. */
final class VisualBrush {
  /** Radius of the brush by the picture's shorter side. */
  private static final double SIZE = 0.04;

  private final VisualDesk desk;
  private final List<Runnable> listeners = new ArrayList<>();
  private boolean[] inside;
  private int width;
  private int height;

  /** Whether the pointer paints. */
  final BooleanProperty on = new SimpleBooleanProperty(this, "on");

  VisualBrush(VisualDesk desk) {
    this.desk = desk;
    desk.whenChanged(this::follow);
  }

  /** Takes over a mask that was loaded, or is gone. */
  private void follow() {
    Mask mask = desk.state().mask();
    boolean[] now = mask == null ? null : mask.inside();
    if (now != inside) {
      inside = now;
      width = mask == null ? 0 : mask.width();
      height = mask == null ? 0 : mask.height();
      told();
    }
  }

  /** Runs when something was painted. */
  void whenPainted(Runnable listener) {
    listeners.add(listener);
  }

  private void told() {
    listeners.forEach(Runnable::run);
  }

  /** Radius in pixels of the picture. */
  double radius(Picture picture) {
    return Math.max(1, SIZE * Math.min(picture.width(), picture.height()));
  }

  /**
   * Paints a spot.
   *
   * @param erase whether it is taken away
   */
  void paint(Picture picture, double x, double y, boolean erase) {
    if (inside == null || width != picture.width() || height != picture.height()) {
      width = picture.width();
      height = picture.height();
      inside = new boolean[width * height];
    } else if (desk.state().mask() != null && inside == desk.state().mask().inside()) {
      inside = inside.clone();
    }
    double radius = radius(picture);
    int top = (int) Math.max(0, y - radius);
    int bottom = (int) Math.min(height - 1.0, y + radius);
    int left = (int) Math.max(0, x - radius);
    int right = (int) Math.min(width - 1.0, x + radius);
    for (int r = top; r <= bottom; r++) {
      for (int c = left; c <= right; c++) {
        if (Math.hypot(c + 0.5 - x, r + 0.5 - y) <= radius) {
          inside[r * width + c] = !erase;
        }
      }
    }
    told();
  }

  /** The painted mask counts from now on. */
  void done() {
    if (inside != null) {
      boolean any = false;
      for (boolean pixel : inside) {
        any |= pixel;
      }
      desk.state().mask(any ? new Mask(width, height, inside) : null);
    }
  }

  /** Takes the mask away. */
  void clear() {
    desk.state().mask(null);
  }

  /** What is painted, in pixels of the picture; null for nothing. */
  boolean[] inside() {
    return inside;
  }
}
