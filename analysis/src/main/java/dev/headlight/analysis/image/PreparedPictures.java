package dev.headlight.analysis.image;

import java.util.List;

/**
 * Pictures as a model takes them, and how to find the way back.
 *
 * @param pixels what the tower reads
 * @param layouts one a picture, in order
 */
public record PreparedPictures(Pixels pixels, List<PictureLayout> layouts) {
  /** Copies the list. */
  public PreparedPictures {
    layouts = List.copyOf(layouts);
  }

  /** Image tokens of all pictures. */
  public int tokens() {
    return layouts.stream().mapToInt(PictureLayout::tokens).sum();
  }
}
