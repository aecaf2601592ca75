package dev.headlight.app.pictures;

import dev.headlight.analysis.image.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/**
 * The canvas of a GIF, which its first frame need not fill. As PIL has it, the rest is of the
 * transparent colour, or of the palette's first where none is transparent.
 *
 * @param width of the canvas, grown to hold the frame
 * @param height of the canvas
 * @param left where the frame begins
 * @param top where the frame begins
 */
record GifCanvas(int width, int height, int left, int top) {
  private static final int OPAQUE = 0xFF;

  /** What the file says, read with its metadata. */
  static GifCanvas read(ImageReader reader) throws IOException {
    IIOMetadataNode screen =
        node(reader.getStreamMetadata(), "javax_imageio_gif_stream_1.0", "LogicalScreenDescriptor");
    IIOMetadataNode frame =
        node(reader.getImageMetadata(0), "javax_imageio_gif_image_1.0", "ImageDescriptor");
    int left = number(frame, "imageLeftPosition");
    int top = number(frame, "imageTopPosition");
    return new GifCanvas(
        Math.max(number(screen, "logicalScreenWidth"), left + reader.getWidth(0)),
        Math.max(number(screen, "logicalScreenHeight"), top + reader.getHeight(0)),
        left,
        top);
  }

  private static IIOMetadataNode node(IIOMetadata metadata, String form, String name)
      throws IOException {
    if (metadata != null
        && metadata.getAsTree(form) instanceof IIOMetadataNode root
        && root.getElementsByTagName(name).item(0) instanceof IIOMetadataNode node) {
      return node;
    }
    throw new IOException("the GIF has no " + name);
  }

  private static int number(IIOMetadataNode node, String name) throws IOException {
    try {
      return Integer.parseInt(node.getAttribute(name));
    } catch (NumberFormatException e) {
      throw new IOException("the GIF has no " + name, e);
    }
  }

  /**
   * The frame in its place.
   *
   * @param image the frame, for its palette
   * @param frame the same as a picture
   * @param step every how many pixels one was read
   */
  Picture with(BufferedImage image, Picture frame, int step) {
    int across = Math.max((width + step - 1) / step, left / step + frame.width());
    int down = Math.max((height + step - 1) / step, top / step + frame.height());
    if (across == frame.width() && down == frame.height()) {
      return frame;
    }
    byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(across, down))];
    byte[] alpha = frame.alpha() == null ? null : new byte[across * down];
    fill(image, rgb, alpha);
    for (int y = 0; y < frame.height(); y++) {
      int from = y * frame.width();
      int to = (top / step + y) * across + left / step;
      System.arraycopy(frame.rgb(), 3 * from, rgb, 3 * to, 3 * frame.width());
      if (alpha != null) {
        System.arraycopy(frame.alpha(), from, alpha, to, frame.width());
      }
    }
    return new Picture(across, down, rgb, alpha);
  }

  private static void fill(BufferedImage image, byte[] rgb, byte[] alpha) {
    if (!(image.getColorModel() instanceof IndexColorModel palette)) {
      return;
    }
    int index = Math.max(0, palette.getTransparentPixel());
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) palette.getRed(index);
      rgb[i + 1] = (byte) palette.getGreen(index);
      rgb[i + 2] = (byte) palette.getBlue(index);
    }
    if (alpha != null) {
      Arrays.fill(alpha, (byte) (palette.getTransparentPixel() < 0 ? OPAQUE : 0));
    }
  }
}
