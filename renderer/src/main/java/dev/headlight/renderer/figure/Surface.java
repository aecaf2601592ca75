package dev.headlight.renderer.figure;

/** What a file format must be able to draw; all places and sizes in points. */
interface Surface {
  /** A filled rectangle. */
  void fill(Box box, int colour);

  /** The outline of a rectangle, centred on its edge. */
  void frame(Box box, int colour, double lineWidth);

  /** A straight line. */
  void line(double x1, double y1, double x2, double y2, int colour, double lineWidth);

  /** Straight lines from point to point, with round joins. */
  void polyline(double[] x, double[] y, int colour, double lineWidth);

  /** A filled area. */
  void polygon(double[] x, double[] y, int colour);

  /** A text whose baseline starts, is centred or ends at (x, y). */
  void text(double x, double y, String text, TextStyle style);

  /** A picture stretched to a rectangle with hard pixel edges. */
  void image(Box box, Pixels pixels);
}
