package dev.headlight.samples.shapes;

/**
 * A shape in a picture.
 *
 * @param shape its form
 * @param colour its colour
 * @param big whether it is one of the big ones
 * @param place where it is
 * @param mask the pixels it is seen in, row by row: those of which it has more than half
 * @param whole whether nothing is in front of it
 */
public record ShapeObject(
    Shape shape, Colour colour, boolean big, Place place, boolean[] mask, boolean whole) {
  /** Colour and shape in words, such as {@code red circle}. */
  public String words() {
    return colour.word() + " " + shape.word();
  }
}
