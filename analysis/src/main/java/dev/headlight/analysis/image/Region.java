package dev.headlight.analysis.image;

/**
 * A rectangle of a picture, in pixels of the original, from its top left corner; sides may lie
 * between pixels.
 *
 * @param x left side
 * @param y upper side
 * @param width 0 or more
 * @param height 0 or more
 */
public record Region(double x, double y, double width, double height) {
  /** Whether nothing is inside. */
  public boolean isEmpty() {
    return width <= 0 || height <= 0;
  }

  /** The part of it inside a picture of these sides; of no size where nothing of it is. */
  public Region within(double pictureWidth, double pictureHeight) {
    double left = Math.min(pictureWidth, Math.max(0, x));
    double top = Math.min(pictureHeight, Math.max(0, y));
    double right = Math.min(pictureWidth, Math.max(left, x + width));
    double bottom = Math.min(pictureHeight, Math.max(top, y + height));
    return new Region(left, top, right - left, bottom - top);
  }

  /** Its part that begins and ends at these fractions of its sides. */
  Region part(double left, double top, double right, double bottom) {
    return new Region(
        x + left * width, y + top * height, (right - left) * width, (bottom - top) * height);
  }
}
