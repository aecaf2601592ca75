package dev.headlight.analysis.image;

/**
 * A decoded picture: bytes, row by row from the top left. Immutable by agreement: whoever makes one
 * gives the arrays away, and nobody writes into them.
 *
 * @param width pixels from left to right, at least 1
 * @param height pixels from top to bottom, at least 1
 * @param rgb {@code [height, width, 3]}, red, green, blue, 0 to 255 each as an unsigned byte
 * @param alpha {@code [height, width]}, 255 opaque; null where every pixel is. The colours are not
 *     multiplied by it.
 */
public record Picture(int width, int height, byte[] rgb, byte[] alpha) {
  /** Checks that the bytes fill the sides. */
  public Picture {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture of " + width + " × " + height + " pixels");
    }
    long pixels = (long) width * height;
    if (rgb.length != 3 * pixels || (alpha != null && alpha.length != pixels)) {
      throw new IllegalArgumentException(
          rgb.length + " bytes for a picture of " + width + " × " + height + " pixels");
    }
  }

  /** A picture without transparency. */
  public Picture(int width, int height, byte[] rgb) {
    this(width, height, rgb, null);
  }

  /** A picture of one colour, such as the blank one that baselines are taken of. */
  public static Picture blank(int width, int height, int red, int green, int blue) {
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    return new Picture(width, height, rgb);
  }

  /**
   * One channel of a pixel.
   *
   * @param channel 0 red, 1 green, 2 blue
   * @return 0 to 255
   */
  public int at(int row, int column, int channel) {
    return rgb[(row * width + column) * 3 + channel] & 0xFF;
  }

  /** The colours alone: transparency is dropped, as PIL's {@code convert("RGB")} does. */
  public Picture opaque() {
    return alpha == null ? this : new Picture(width, height, rgb);
  }

  /** The picture laid over white, as Idefics3 and SmolVLM take transparent ones. */
  public Picture onWhite() {
    if (alpha == null) {
      return this;
    }
    byte[] over = new byte[rgb.length];
    for (int i = 0; i < alpha.length; i++) {
      int a = alpha[i] & 0xFF;
      for (int c = 3 * i; c < 3 * i + 3; c++) {
        over[c] = (byte) (((rgb[c] & 0xFF) * a + 255 * (255 - a) + 127) / 255);
      }
    }
    return new Picture(width, height, over);
  }

  /**
   * A part of the colours. What lies outside is black (0, 0, 0), as where the reference crops more
   * than there is.
   *
   * @param left first column, may be negative
   * @param top first row, may be negative
   */
  public Picture crop(int left, int top, int newWidth, int newHeight) {
    if (left == 0 && top == 0 && newWidth == width && newHeight == height) {
      return opaque();
    }
    byte[] part = new byte[Math.multiplyExact(3, Math.multiplyExact(newWidth, newHeight))];
    int from = Math.max(0, left);
    int to = Math.min(width, left + newWidth);
    for (int y = Math.max(0, top); y < Math.min(height, top + newHeight) && from < to; y++) {
      System.arraycopy(
          rgb,
          3 * (y * width + from),
          part,
          3 * ((y - top) * newWidth + from - left),
          3 * (to - from));
    }
    return new Picture(newWidth, newHeight, part);
  }
}
