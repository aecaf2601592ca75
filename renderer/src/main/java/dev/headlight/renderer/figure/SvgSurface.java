package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;

/** Collects SVG elements; text stays text, a picture becomes one embedded PNG. */
final class SvgSurface implements Surface {
  /** Longest side of an embedded picture: beyond it cells are pooled. */
  private static final int MOST_PIXELS = 2048;

  private final StringBuilder out = new StringBuilder();

  /** The elements drawn so far. */
  String elements() {
    return out.toString();
  }

  @Override
  public void fill(Box box, int colour) {
    out.append("<rect %s fill=\"%s\"/>\n".formatted(place(box), hex(colour)));
  }

  @Override
  public void frame(Box box, int colour, double lineWidth) {
    out.append(
        "<rect %s fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>\n"
            .formatted(place(box), hex(colour), number(lineWidth)));
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, int colour, double lineWidth) {
    out.append(
        "<path d=\"M%s %sL%s %s\" stroke=\"%s\" stroke-width=\"%s\"/>\n"
            .formatted(
                number(x1), number(y1), number(x2), number(y2), hex(colour), number(lineWidth)));
  }

  @Override
  public void text(double x, double y, String text, TextStyle style) {
    out.append("<text x=\"%s\" y=\"%s\" ".formatted(number(x), number(y)));
    if (style.rotation() != 0) {
      out.append(
          "transform=\"rotate(%s %s %s)\" "
              .formatted(number(style.rotation()), number(x), number(y)));
    }
    switch (style.anchor()) {
      case START -> {}
      case MIDDLE -> out.append("text-anchor=\"middle\" ");
      case END -> out.append("text-anchor=\"end\" ");
    }
    out.append(
        "class=\"%s\" font-size=\"%s\" fill=\"%s\" xml:space=\"preserve\">%s</text>\n"
            .formatted(
                cssClass(style.face()), number(style.size()), hex(style.colour()), Text.xml(text)));
  }

  @Override
  public void image(Box box, Pixels pixels) {
    int width = Math.min(MOST_PIXELS, pixels.columns());
    int height = Math.min(MOST_PIXELS, pixels.rows());
    String data;
    try {
      data =
          Base64.getEncoder().encodeToString(Png.bytes(pixels.argb(width, height), width, height));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.append(
        "<image %s preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\""
            .formatted(place(box)));
    out.append(" xlink:href=\"data:image/png;base64,").append(data).append("\"/>\n");
  }

  /** The style sheet for the classes used here. */
  static String styleSheet() {
    StringBuilder css = new StringBuilder();
    for (Face face : Face.values()) {
      String fallback =
          face == Face.JETBRAINS_MONO ? "'Inter','DejaVu Sans Mono',monospace" : "sans-serif";
      css.append(
          ".%s{font-family:'%s',%s;font-weight:%d;white-space:pre}\n"
              .formatted(cssClass(face), face.family(), fallback, face.weight()));
    }
    return css.toString();
  }

  private static String cssClass(Face face) {
    return switch (face) {
      case INTER -> "hl-text";
      case INTER_SEMIBOLD -> "hl-title";
      case JETBRAINS_MONO -> "hl-token";
    };
  }

  private static String place(Box box) {
    return "x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
        .formatted(number(box.x()), number(box.y()), number(box.width()), number(box.height()));
  }

  private static String hex(int colour) {
    return "#%06x".formatted(colour & 0xffffff);
  }

  /** At most two decimals, without trailing zeros. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
    return text.equals("-0") ? "0" : text;
  }
}
