package dev.headlight.analysis.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The pictures and references of these tests. */
final class Pictures {
  private Pictures() {}

  static Path folder(String name) {
    URL url = Pictures.class.getResource("/pictures/" + name);
    if (url == null) {
      throw new IllegalArgumentException("no test picture " + name);
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Picture read(String name) {
    try {
      BufferedImage image = ImageIO.read(folder(name).toFile());
      byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
      for (int y = 0, i = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int pixel = image.getRGB(x, y);
          rgb[i++] = (byte) (pixel >> 16);
          rgb[i++] = (byte) (pixel >> 8);
          rgb[i++] = (byte) pixel;
        }
      }
      return new Picture(image.getWidth(), image.getHeight(), rgb);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
