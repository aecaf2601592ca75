package dev.headlight.app.pictures;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG, JPEG (CMYK too), WebP and the first frame of GIF on its canvas, as PIL reads them for
 * the reference processors: turned as EXIF says, 16-bit channels by their upper byte, colour
 * profiles ignored. Transparency is kept apart, so that a processor can drop it or lay the picture
 * over white.
 */
public final class PictureFiles {
  /** More pixels than this are read in steps. */
  static final long MOST_PIXELS = 100_000_000;

  /** More than this are not read at all: the steps would leave too little. */
  private static final long TOO_MANY = 2_000_000_000;

  /** What a pixel costs while it is read and turned: decoded, copied, turned. */
  private static final long BYTES_A_PIXEL = 16;

  private PictureFiles() {}

  /**
   * Reads a picture.
   *
   * @throws HeadlightException naming the file, when it is none, is damaged or too large
   */
  public static ReadPicture read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw bad(file, "there is no such file; check the path", null);
    }
    List<String> notices = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      if (in == null) {
        throw bad(file, "no right to read it; change its permissions or copy it elsewhere", null);
      }
      Picture picture = decode(file, reader(file, in), in, notices);
      return new ReadPicture(file, Orientation.upright(file, picture), notices);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw bad(
          file, "the picture is damaged (" + reason(e) + "); fetch it again or save it anew", e);
    } catch (OutOfMemoryError e) {
      throw bad(file, "the picture does not fit into memory; make it smaller", null);
    }
  }

  private static ImageReader reader(Path file, ImageInputStream in) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw bad(file, "is not a picture that can be read; give PNG, JPEG, WebP or GIF", null);
    }
    return readers.next();
  }

  private static Picture decode(
      Path file, ImageReader reader, ImageInputStream in, List<String> notices) throws IOException {
    List<String> warnings = new ArrayList<>();
    try {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      boolean gif = named(reader, "gif");
      reader.setInput(in, true, !gif);
      GifCanvas canvas = gif ? GifCanvas.read(reader) : null;
      int step = step(file, reader, canvas, notices);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      BufferedImage image = reader.read(0, param);
      refuseShortened(file, warnings);
      Picture picture = PixelCopy.of(image);
      return canvas == null ? picture : canvas.with(image, picture, step);
    } finally {
      reader.dispose();
    }
  }

  private static boolean named(ImageReader reader, String format) throws IOException {
    return reader.getFormatName().toLowerCase(Locale.ROOT).contains(format);
  }

  /** Every how many pixels one is read. */
  private static int step(Path file, ImageReader reader, GifCanvas canvas, List<String> notices)
      throws IOException {
    int width = canvas == null ? reader.getWidth(0) : canvas.width();
    int height = canvas == null ? reader.getHeight(0) : canvas.height();
    if (width < 1 || height < 1) {
      throw bad(
          file, "the picture has no pixels (%d × %d); save it anew".formatted(width, height), null);
    }
    long pixels = (long) width * height;
    long most = Math.min(MOST_PIXELS, Runtime.getRuntime().maxMemory() / BYTES_A_PIXEL);
    if (pixels <= most) {
      return 1;
    }
    // This reader decodes the whole before it leaves pixels out.
    boolean whole = named(reader, "webp");
    if (whole || pixels > TOO_MANY) {
      throw bad(
          file,
          "the picture has %d million pixels (%d × %d), at most %d million are read; make it smaller"
              .formatted(pixels / 1_000_000, width, height, most / 1_000_000),
          null);
    }
    int step = (int) Math.ceil(Math.sqrt((double) pixels / most));
    notices.add(
        "%s has %d million pixels (%d × %d); one in %d was read along each side."
            .formatted(file, pixels / 1_000_000, width, height, step));
    return step;
  }

  /** The JDK fills what is missing with grey and only warns. */
  private static void refuseShortened(Path file, List<String> warnings) {
    for (String warning : warnings) {
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("premature") || text.contains("truncated")) {
        throw bad(file, "the picture is not complete (" + warning + "); fetch it again", null);
      }
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static HeadlightException bad(Path file, String problem, Exception cause) {
    return new HeadlightException(Kind.INPUT, file + ": " + problem + ".", cause);
  }
}
