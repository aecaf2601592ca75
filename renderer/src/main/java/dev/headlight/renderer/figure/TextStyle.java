package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;

/**
 * How a text stands.
 *
 * @param size in points
 * @param colour 0xffRRGGBB
 * @param anchor which end of the baseline the given place is
 * @param rotation degrees about that place, clockwise positive
 */
record TextStyle(Face face, double size, int colour, Anchor anchor, double rotation) {
  /** Line width of the frame around a code, in sizes. */
  static final double CODE_STROKE = 0.05;

  /** Which end of a text stands at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  static TextStyle of(Face face, double size, int colour) {
    return new TextStyle(face, size, colour, Anchor.START, 0);
  }

  TextStyle anchored(Anchor other) {
    return new TextStyle(face, size, colour, other, rotation);
  }

  TextStyle rotated(double degrees) {
    return new TextStyle(face, size, colour, anchor, degrees);
  }

  TextStyle coloured(int other) {
    return new TextStyle(face, size, other, anchor, rotation);
  }

  /** The text laid out in this face and size. */
  TextLine line(String text) {
    return TextLine.of(text, face, size);
  }

  /** Where a line of this width starts, from the given place. */
  double start(double width) {
    return switch (anchor) {
      case START -> 0;
      case MIDDLE -> -width / 2;
      case END -> -width;
    };
  }

  /** Advance width in points. */
  double width(String text) {
    return line(text).width();
  }
}
