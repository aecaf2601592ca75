package dev.headlight.app.pictures;

import java.nio.file.Path;

/**
 * A picture of a prompt, kept by Headlight so that it stays when its file moves. Two are equal when
 * their contents are.
 *
 * @param name what people call it: the name of its file
 * @param sha256 checksum of the file's content, hexadecimal
 * @param file where Headlight keeps it
 */
public record PromptPicture(String name, String sha256, Path file) {
  @Override
  public boolean equals(Object other) {
    return other instanceof PromptPicture picture
        && name.equals(picture.name)
        && sha256.equals(picture.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }
}
