package dev.headlight.renderer.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes figures. A file is written whole or not at all; on failure an {@link IOException} names
 * the file and the reason and nothing is left behind.
 */
public final class FigureWriter {
  /** Keyword of the PNG text chunk that holds the provenance as JSON. */
  public static final String PROVENANCE_KEYWORD = "Headlight";

  private static final long MOST_PIXELS = 256L << 20;

  private FigureWriter() {}

  /**
   * Writes a PNG with its resolution (pHYs) and the provenance: JSON under {@value
   * #PROVENANCE_KEYWORD}, and the title under "Title".
   */
  public static void png(Figure figure, Path file) throws IOException {
    AtomicFile.write(file, out -> writePng(figure, out));
  }

  /** The bytes of {@link #png(Figure, Path)}, to embed them. */
  public static byte[] png(Figure figure) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writePng(figure, out);
    return out.toByteArray();
  }

  /**
   * Writes an SVG: cells as one embedded PNG per map, all else as text and paths; the provenance
   * under {@code <metadata>}.
   */
  public static void svg(Figure figure, Path file) throws IOException {
    AtomicFile.write(
        file,
        out ->
            out.write(
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(figure))
                    .getBytes(StandardCharsets.UTF_8)));
  }

  /** The {@code <svg>} element, to embed it in a page. */
  public static String svg(Figure figure) {
    Drawing drawing = Drawing.of(figure);
    SvgSurface surface = new SvgSurface();
    drawing.draw(surface);
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    svg.append(" xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"");
    svg.append(
        " width=\"%smm\" height=\"%smm\" viewBox=\"0 0 %s %s\">\n"
            .formatted(
                SvgSurface.number(drawing.width() / 72 * 25.4),
                SvgSurface.number(drawing.height() / 72 * 25.4),
                SvgSurface.number(drawing.width()),
                SvgSurface.number(drawing.height())));
    svg.append("<title>").append(Text.xml(figure.title())).append("</title>\n");
    svg.append(metadata(figure.provenance()));
    svg.append("<style>\n").append(SvgSurface.styleSheet()).append("</style>\n");
    return svg.append(surface.elements()).append("</svg>\n").toString();
  }

  private static String metadata(Provenance provenance) {
    StringBuilder xml = new StringBuilder("<metadata>\n");
    xml.append("<provenance xmlns=\"urn:headlight:provenance\">\n");
    provenance
        .entries()
        .forEach(
            (key, value) ->
                xml.append(
                    "<entry key=\"%s\">%s</entry>\n".formatted(Text.xml(key), Text.xml(value))));
    return xml.append("</provenance>\n</metadata>\n").toString();
  }

  private static void writePng(Figure figure, OutputStream out) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("Title", Text.visible(figure.title()));
    texts.put("Software", "Headlight");
    texts.put(PROVENANCE_KEYWORD, figure.provenance().toJson());
    Png.write(paint(figure), figure.style().dpi(), texts, out);
  }

  private static BufferedImage paint(Figure figure) throws IOException {
    Drawing drawing = Drawing.of(figure);
    double perPoint = figure.style().dpi() / 72.0;
    double pixels = drawing.width() * perPoint * drawing.height() * perPoint;
    if (pixels > MOST_PIXELS) {
      throw new IOException(
          "the figure would have %.0f million pixels, at most %d are drawn; lower the dpi or the width"
              .formatted(pixels / 1e6, MOST_PIXELS / 1_000_000));
    }
    try (Java2dSurface surface =
        new Java2dSurface(drawing.width(), drawing.height(), figure.style().dpi())) {
      drawing.draw(surface);
      return surface.image();
    }
  }
}
