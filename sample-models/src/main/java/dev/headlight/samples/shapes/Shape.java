package dev.headlight.samples.shapes;

/** A form, in a square from -1 to 1 whose y axis points down. */
public enum Shape {
  /** Of radius 1. */
  CIRCLE("circle", "circles"),
  /** With sides of 1.7. */
  SQUARE("square", "squares"),
  /** With a point above. */
  TRIANGLE("triangle", "triangles"),
  /** With five points, one above. */
  STAR("star", "stars"),
  /** Upright, its arms 0.72 wide. */
  CROSS("cross", "crosses");

  private static final double HALF_SIDE = 0.85;
  private static final double BASE = 0.8;
  private static final double SLOPE = 0.58;
  private static final double POINT = 1.08;
  private static final double DENT = 0.52;
  private static final double HALF_ARM = 0.36;

  /** How far any form reaches from its middle. */
  static final double REACH = Math.max(POINT, Math.hypot(HALF_SIDE, HALF_SIDE));

  private static final int POINTS = 5;
  private static final double SECTOR = 2 * Math.PI / POINTS;
  private static final double DENT_X = DENT * StrictMath.cos(SECTOR / 2);
  private static final double DENT_Y = DENT * StrictMath.sin(SECTOR / 2);

  /** Directions of a star's points, the first upwards. */
  private static final double[] POINT_X = new double[POINTS];

  private static final double[] POINT_Y = new double[POINTS];

  static {
    for (int point = 0; point < POINTS; point++) {
      POINT_X[point] = StrictMath.sin(SECTOR * point);
      POINT_Y[point] = -StrictMath.cos(SECTOR * point);
    }
  }

  private final String word;
  private final String plural;

  Shape(String word, String plural) {
    this.word = word;
    this.plural = plural;
  }

  /** One of them in words. */
  public String word() {
    return word;
  }

  /** Several of them in words. */
  public String plural() {
    return plural;
  }

  /** Whether a point lies in the form. */
  boolean covers(double x, double y) {
    return switch (this) {
      case CIRCLE -> x * x + y * y <= 1;
      case SQUARE -> Math.abs(x) <= HALF_SIDE && Math.abs(y) <= HALF_SIDE;
      case TRIANGLE -> y <= BASE && Math.abs(x) <= SLOPE * (y + 1);
      case STAR -> star(x, y);
      case CROSS -> arm(x, y) || arm(y, x);
    };
  }

  private static boolean arm(double across, double along) {
    return Math.abs(across) <= HALF_ARM && Math.abs(along) <= 1;
  }

  /** All ten edges of a star are one edge, mirrored and turned to the nearest point. */
  private static boolean star(double x, double y) {
    double along = Double.NEGATIVE_INFINITY;
    double aside = 0;
    for (int point = 0; point < POINTS; point++) {
      double towards = x * POINT_X[point] + y * POINT_Y[point];
      if (towards > along) {
        along = towards;
        aside = Math.abs(x * POINT_Y[point] - y * POINT_X[point]);
      }
    }
    return (DENT_X - POINT) * aside - DENT_Y * (along - POINT) >= 0;
  }
}
