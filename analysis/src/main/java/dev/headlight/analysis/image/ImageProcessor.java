package dev.headlight.analysis.image;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes of pictures what a model's vision tower reads, as the model's preprocessor_config.json says
 * and the reference processors (the slow ones, on PIL) do it. Immutable; safe from several threads.
 */
public abstract class ImageProcessor {
  private final String name;
  private final Optional<String> notice;
  private final PatchGeometry geometry;

  ImageProcessor(String name, Optional<String> notice, PatchGeometry geometry) {
    this.name = name;
    this.notice = notice;
    this.geometry = geometry;
  }

  /**
   * Reads config.json and preprocessor_config.json of a model. Where the latter is missing, the
   * model family's usual values are taken and {@link #notice()} says which.
   *
   * @param folder the model's folder
   * @throws HeadlightException when the model reads no pictures, or names a processor or an option
   *     that is not supported
   */
  public static ImageProcessor open(Path folder) {
    return open(Config.read(folder.resolve("config.json")), folder);
  }

  /**
   * The same with config.json already read.
   *
   * @param folder where preprocessor_config.json is looked for
   */
  public static ImageProcessor open(Config model, Path folder) {
    PatchGeometry geometry = PatchGeometry.read(model);
    Path file = folder.resolve("preprocessor_config.json");
    if (Files.exists(file)) {
      return ProcessorKind.of(Config.read(file), model).open(geometry, Optional.empty());
    }
    return UsualProcessor.open(model, geometry, file);
  }

  /** Whether config.json is that of a model that reads pictures. */
  public static boolean readsPictures(Config model) {
    return model.has("vision_config") || PatchGeometry.isTower(model.string("model_type", ""));
  }

  /** The reference processor's name, such as {@code CLIPImageProcessor}. */
  public String name() {
    return name;
  }

  /** What was assumed because preprocessor_config.json is missing; empty where nothing was. */
  public Optional<String> notice() {
    return notice;
  }

  /** Patches and how they become tokens. */
  PatchGeometry geometry() {
    return geometry;
  }

  /** One sentence on what is done to a picture, such as {@code squash to 224 × 224, bilinear}. */
  public abstract String steps();

  /**
   * Prepares the pictures of one prompt.
   *
   * @param pictures at least one
   * @return values whose shape {@link Pixels} tells
   * @throws HeadlightException when a picture cannot be brought into shape
   */
  public abstract PreparedPictures prepare(List<Picture> pictures);

  /** Prepares one picture. */
  public PreparedPictures prepare(Picture picture) {
    return prepare(List.of(picture));
  }

  /** The exception for a picture that cannot be used. */
  static HeadlightException bad(String message) {
    return new HeadlightException(Kind.INPUT, message);
  }
}
