package dev.headlight.samples.shapes;

import dev.headlight.analysis.image.Picture;
import java.util.List;

/**
 * A picture, what is in it, and a question about it.
 *
 * @param size width and height in pixels
 * @param rgb red, green and blue of each pixel, row by row
 * @param objects what is in it, those drawn later in front
 * @param question a question
 */
public record ShapeScene(int size, byte[] rgb, List<ShapeObject> objects, ShapeQuestion question) {
  /** Copies the list. */
  public ShapeScene {
    objects = List.copyOf(objects);
  }

  /** The picture as processors take it. */
  public Picture picture() {
    return new Picture(size, size, rgb);
  }
}
