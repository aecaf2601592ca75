package dev.headlight.renderer.figure;

/** A rectangle in points. */
record Box(double x, double y, double width, double height) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }
}
