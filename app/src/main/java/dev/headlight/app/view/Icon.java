package dev.headlight.app.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.shape.SVGPath;

/** Line icons of the icons module, drawn in the colour of the text. */
final class Icon {
  private static final Pattern PATH = Pattern.compile(" d=\"([^\"]+)\"");

  private Icon() {}

  /**
   * An icon of 16 × 16.
   *
   * @param name of its file, without ending
   */
  static SVGPath of(String name) {
    SVGPath path = new SVGPath();
    path.setContent(read(name));
    path.getStyleClass().add("icon");
    return path;
  }

  private static String read(String name) {
    String file = "/dev/headlight/icons/svg/" + name + ".svg";
    try (InputStream in = Icon.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no icon " + name);
      }
      StringBuilder content = new StringBuilder();
      Matcher m = PATH.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (m.find()) {
        content.append(m.group(1)).append(' ');
      }
      return content.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
