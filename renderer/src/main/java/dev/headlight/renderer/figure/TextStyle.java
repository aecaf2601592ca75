package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts;
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

  /** Advance width in points. */
  double width(String text) {
    return Fonts.width(Text.visible(text), face, (float) size);
  }
}
