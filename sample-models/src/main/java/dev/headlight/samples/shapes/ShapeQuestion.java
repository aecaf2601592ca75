package dev.headlight.samples.shapes;

/**
 * A question about a picture.
 *
 * @param kind what it asks for
 * @param text the question, such as {@code What colour is the circle?}
 * @param answer the words that answer it, such as {@code red}
 * @param target number of the object asked about; -1 where there is none, or where it is about all
 */
public record ShapeQuestion(Kind kind, String text, String answer, int target) {
  /** What stands in a prompt where the picture is. */
  public static final String IMAGE = "<image>";

  /** What a question asks for. */
  public enum Kind {
    /** The colour of the only object of a shape. */
    COLOUR,
    /** The shape of the only object of a colour. */
    SHAPE,
    /** The place of an object. */
    WHERE,
    /** The number of objects of a shape. */
    COUNT,
    /** Whether there is such an object. */
    EXISTS,
    /** What is in a place. */
    WHAT,
    /** Whether an object is small or big. */
    SIZE
  }

  /** The picture and the question. */
  public String prompt() {
    return IMAGE + " " + text;
  }
}
