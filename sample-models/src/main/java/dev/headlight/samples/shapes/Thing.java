package dev.headlight.samples.shapes;

/**
 * A shape to be drawn.
 *
 * @param shape its form
 * @param colour its colour
 * @param big whether it is one of the big ones
 * @param place the ninth its middle lies in
 * @param x its middle, in pixels from the left
 * @param y its middle, in pixels from the top
 * @param radius what 1 in the form's square is, in pixels
 */
record Thing(
    Shape shape, Colour colour, boolean big, Place place, double x, double y, double radius) {
  boolean covers(double atX, double atY) {
    return shape.covers((atX - x) / radius, (atY - y) / radius);
  }

  double reach() {
    return radius * Shape.REACH;
  }
}
