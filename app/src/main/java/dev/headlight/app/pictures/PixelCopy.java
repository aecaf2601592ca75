package dev.headlight.app.pictures;

import dev.headlight.analysis.image.Picture;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The stored bytes of a decoded picture. The JDK's own way to RGB would take grey for linear light
 * and obey colour profiles; the reference does neither.
 */
final class PixelCopy {
  private PixelCopy() {}

  static Picture of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return indexed(image.getRaster(), palette);
    }
    if (model instanceof ComponentColorModel && stored(model, image.getRaster())) {
      return components(image.getRaster(), model.hasAlpha());
    }
    return converted(image);
  }

  private static boolean stored(ColorModel model, Raster raster) {
    int space = model.getColorSpace().getType();
    int colours = raster.getNumBands() - (model.hasAlpha() ? 1 : 0);
    boolean grey = space == ColorSpace.TYPE_GRAY && colours == 1;
    boolean rgb = space == ColorSpace.TYPE_RGB && colours == 3;
    int type = model.getTransferType();
    boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
    return (grey || rgb) && whole && !model.isAlphaPremultiplied();
  }

  private static Picture components(Raster raster, boolean transparent) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    byte[] alpha = transparent ? new byte[width * height] : null;
    boolean wide = raster.getTransferType() == DataBuffer.TYPE_USHORT;
    byte[] bytes = wide ? new byte[width * bands] : null;
    short[] shorts = null;
    int green = bands > 2 ? 1 : 0;
    int blue = bands > 2 ? 2 : 0;
    for (int y = 0; y < height; y++) {
      if (wide) {
        shorts =
            (short[])
                raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, shorts);
        upper(shorts, bytes);
      } else {
        bytes =
            (byte[])
                raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, bytes);
      }
      int at = 3 * y * width;
      for (int x = 0, from = 0; x < width; x++, from += bands, at += 3) {
        rgb[at] = bytes[from];
        rgb[at + 1] = bytes[from + green];
        rgb[at + 2] = bytes[from + blue];
        if (transparent) {
          alpha[y * width + x] = bytes[from + bands - 1];
        }
      }
    }
    return new Picture(width, height, rgb, alpha);
  }

  private static void upper(short[] from, byte[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = (byte) (from[i] >> 8);
    }
  }

  private static Picture indexed(Raster raster, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int width = raster.getWidth();
    int height = raster.getHeight();
    Writer writer = new Writer(width, height, palette.hasAlpha());
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        row[x] = colours[Math.min(row[x], colours.length - 1)];
      }
      writer.row(y, row);
    }
    return writer.picture();
  }

  /** Whatever else there is, through the JDK's conversion to sRGB. */
  private static Picture converted(BufferedImage image) {
    int width = image.getWidth();
    Writer writer = new Writer(width, image.getHeight(), image.getColorModel().hasAlpha());
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      writer.row(y, image.getRGB(0, y, width, 1, row, 0, width));
    }
    return writer.picture();
  }

  /** Takes rows of packed alpha, red, green, blue. */
  private static final class Writer {
    private final int width;
    private final int height;
    private final byte[] rgb;
    private final byte[] alpha;

    Writer(int width, int height, boolean transparent) {
      this.width = width;
      this.height = height;
      rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
      alpha = transparent ? new byte[width * height] : null;
    }

    void row(int y, int[] row) {
      int at = 3 * y * width;
      for (int x = 0; x < width; x++, at += 3) {
        rgb[at] = (byte) (row[x] >> 16);
        rgb[at + 1] = (byte) (row[x] >> 8);
        rgb[at + 2] = (byte) row[x];
        if (alpha != null) {
          alpha[y * width + x] = (byte) (row[x] >>> 24);
        }
      }
    }

    Picture picture() {
      return new Picture(width, height, rgb, alpha);
    }
  }
}
