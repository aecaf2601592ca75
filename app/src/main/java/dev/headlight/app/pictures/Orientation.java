package dev.headlight.app.pictures;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import dev.headlight.analysis.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a camera was held, and the picture turned upright. Numbers are those of EXIF, 1 to 8. */
final class Orientation {
  private static final Logger LOG = LoggerFactory.getLogger(Orientation.class);

  private Orientation() {}

  static Picture upright(Path file, Picture picture) {
    return turned(picture, of(file));
  }

  private static int of(Path file) {
    try {
      ExifIFD0Directory exif =
          ImageMetadataReader.readMetadata(file.toFile())
              .getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer number = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return number == null || number < 1 || number > 8 ? 1 : number;
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      LOG.debug("{}: what the camera wrote cannot be read", file, e);
      return 1;
    }
  }

  /** From 5 on rows become columns. */
  static Picture turned(Picture picture, int orientation) {
    if (orientation == 1) {
      return picture;
    }
    boolean turned = orientation >= 5;
    int width = turned ? picture.height() : picture.width();
    int height = turned ? picture.width() : picture.height();
    byte[] rgb = new byte[picture.rgb().length];
    byte[] alpha = picture.alpha() == null ? null : new byte[picture.alpha().length];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        int from = source(orientation, x, y, picture);
        rgb[3 * at] = picture.rgb()[3 * from];
        rgb[3 * at + 1] = picture.rgb()[3 * from + 1];
        rgb[3 * at + 2] = picture.rgb()[3 * from + 2];
        if (alpha != null) {
          alpha[at] = picture.alpha()[from];
        }
      }
    }
    return new Picture(width, height, rgb, alpha);
  }

  /** The stored pixel that belongs at a place of the upright picture. */
  private static int source(int orientation, int x, int y, Picture picture) {
    int right = picture.width() - 1;
    int bottom = picture.height() - 1;
    int column =
        switch (orientation) {
          case 2, 3 -> right - x;
          case 4 -> x;
          case 5, 6 -> y;
          default -> right - y;
        };
    int row =
        switch (orientation) {
          case 2 -> y;
          case 3, 4 -> bottom - y;
          case 5, 8 -> x;
          default -> bottom - x;
        };
    return row * picture.width() + column;
  }
}
