package dev.headlight.app.pictures;

import dev.headlight.analysis.image.ImageProcessor;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PreparedPictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Picture files as a model takes them.
 *
 * @param pictures as they were read, in order
 * @param prepared what the tower reads, and the way back to the pictures
 * @param notices what the user should know, one sentence each
 */
public record PictureInput(
    List<Picture> pictures, PreparedPictures prepared, List<String> notices) {
  /** Copies the lists. */
  public PictureInput {
    pictures = List.copyOf(pictures);
    notices = List.copyOf(notices);
  }

  /**
   * Reads files and prepares them for a model.
   *
   * @param files at least one
   * @param model the model's folder
   * @throws dev.headlight.analysis.HeadlightException when a file or the model cannot be used
   */
  public static PictureInput read(List<Path> files, Path model) {
    ImageProcessor processor = ImageProcessor.open(model);
    List<String> notices = new ArrayList<>(processor.notice().stream().toList());
    List<Picture> pictures = new ArrayList<>();
    for (Path file : files) {
      ReadPicture read = PictureFiles.read(file);
      pictures.add(read.picture());
      notices.addAll(read.notices());
    }
    return new PictureInput(pictures, processor.prepare(pictures), notices);
  }
}
