package dev.headlight.app.pictures;

import dev.headlight.analysis.image.Picture;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture out of a file.
 *
 * @param file where it came from
 * @param picture upright, transparency kept apart
 * @param notices what the user should know, such as that a large picture was read at half its size
 */
public record ReadPicture(Path file, Picture picture, List<String> notices) {
  /** Copies the list. */
  public ReadPicture {
    notices = List.copyOf(notices);
  }
}
