package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.vision.Mask;
import dev.headlight.app.pictures.PictureFiles;
import java.nio.file.Path;

/**
 * Masks as pictures: inside is where a pixel is bright, or opaque where the picture has
 * transparency.
 */
public final class MaskFile {
  private static final int HALF = 128;

  private MaskFile() {}

  /**
   * Reads a mask.
   *
   * @param of the picture that it is a mask of
   * @throws HeadlightException when the sides differ, or nothing is inside
   */
  public static Mask read(Path file, Picture of) {
    Picture mask = PictureFiles.read(file).picture();
    if (mask.width() != of.width() || mask.height() != of.height()) {
      throw bad(
          "%s: a mask has the picture's size, %d × %d pixels; found %d × %d."
              .formatted(file, of.width(), of.height(), mask.width(), mask.height()));
    }
    boolean[] inside = new boolean[mask.width() * mask.height()];
    int count = 0;
    for (int i = 0; i < inside.length; i++) {
      inside[i] = (mask.alpha() != null && varies(mask)) ? opaque(mask, i) : bright(mask, i);
      count += inside[i] ? 1 : 0;
    }
    if (count == 0) {
      throw bad(file + ": the mask is empty; paint the object white on black.");
    }
    return new Mask(mask.width(), mask.height(), inside);
  }

  private static boolean varies(Picture mask) {
    for (byte alpha : mask.alpha()) {
      if ((alpha & 0xff) < HALF) {
        return true;
      }
    }
    return false;
  }

  private static boolean opaque(Picture mask, int pixel) {
    return (mask.alpha()[pixel] & 0xff) >= HALF;
  }

  private static boolean bright(Picture mask, int pixel) {
    int sum = 0;
    for (int c = 0; c < 3; c++) {
      sum += mask.rgb()[3 * pixel + c] & 0xff;
    }
    return sum >= 3 * HALF;
  }

  private static HeadlightException bad(String message) {
    return new HeadlightException(Kind.INPUT, message);
  }
}
