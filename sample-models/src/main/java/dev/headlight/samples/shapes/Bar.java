package dev.headlight.samples.shapes;

/**
 * A bar that hides a part of what lies behind it.
 *
 * @param x its middle, in pixels from the left
 * @param y its middle, in pixels from the top
 * @param cos cosine of its direction, from the right downwards
 * @param sin sine of it
 * @param halfLength half its length in pixels
 * @param halfWidth half its width in pixels
 */
record Bar(double x, double y, double cos, double sin, double halfLength, double halfWidth) {
  boolean covers(double atX, double atY) {
    double along = (atX - x) * cos + (atY - y) * sin;
    double across = (atY - y) * cos - (atX - x) * sin;
    return Math.abs(along) <= halfLength && Math.abs(across) <= halfWidth;
  }
}
