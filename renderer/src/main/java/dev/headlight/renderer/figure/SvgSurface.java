package dev.headlight.renderer.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;

/** Collects SVG elements; text stays text, a picture becomes one embedded PNG. */
final class SvgSurface implements Surface {
  /** Longest side of an embedded picture: beyond it cells are pooled. */
  private static final int MOST_PIXELS = 2048;

  private final StringBuilder out = new StringBuilder();
  private final SvgFonts fonts = new SvgFonts();

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
  public void polyline(double[] x, double[] y, int colour, double lineWidth) {
    out.append(
        "<path d=\"%s\" fill=\"none\" stroke-linejoin=\"round\" stroke=\"%s\" stroke-width=\"%s\"/>\n"
            .formatted(path(x, y), hex(colour), number(lineWidth)));
  }

  @Override
  public void polygon(double[] x, double[] y, int colour) {
    out.append("<path d=\"%sZ\" fill=\"%s\"/>\n".formatted(path(x, y), hex(colour)));
  }

  private static String path(double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(number(x[i])).append(' ').append(number(y[i]));
    }
    return path.toString();
  }

  @Override
  public void text(double x, double y, String text, TextStyle style) {
    TextLine line = style.line(text);
    line.runs().forEach(fonts::use);
    if (line.runs().stream().anyMatch(run -> run.frame().isPresent())) {
      coded(x, y, text, line, style);
      return;
    }
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
    out.append(look(style)).append('>').append(Text.xml(text)).append("</text>\n");
  }

  /** A line with framed codes: each run has its place, and the text asked for is its title. */
  private void coded(double x, double y, String text, TextLine line, TextStyle style) {
    out.append(
        "<g transform=\"translate(%s %s) rotate(%s) translate(%s 0)\"><title>%s</title><text %s>"
            .formatted(
                number(x),
                number(y),
                number(style.rotation()),
                number(style.start(line.width())),
                Text.xml(text),
                look(style)));
    for (TextLine.Run run : line.runs()) {
      String mono = run.frame().isPresent() ? " class=\"hl-token\"" : "";
      out.append(
          "<tspan x=\"%s\" y=\"%s\" font-size=\"%s\"%s>%s</tspan>"
              .formatted(
                  number(run.x()),
                  number(-run.rise()),
                  number(run.size()),
                  mono,
                  Text.xml(run.text())));
    }
    out.append("</text>\n");
    for (TextLine.Run run : line.runs()) {
      run.frame()
          .ifPresent(box -> frame(box, style.colour(), TextStyle.CODE_STROKE * style.size()));
    }
    out.append("</g>\n");
  }

  private static String look(TextStyle style) {
    return "class=\"%s\" font-size=\"%s\" fill=\"%s\" xml:space=\"preserve\""
        .formatted(SvgFonts.cssClass(style.face()), number(style.size()), hex(style.colour()));
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

  /** The style sheet for the classes used here, with the fonts that the texts need. */
  String styleSheet() throws IOException {
    return fonts.styleSheet();
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
