package dev.headlight.renderer.figure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/**
 * Writes figures to streams; who makes a file of one sees to it that it is whole. Equal figures
 * give equal bytes on one machine; fonts beyond the bundled ones are the system's.
 */
public final class FigureWriter {
  /** Keyword of the PNG text chunk and PDF entry that hold the provenance as JSON. */
  public static final String PROVENANCE_KEYWORD = "Headlight";

  private static final long MOST_PIXELS = 1L << 30;
  private static final int PIXELS_A_STRIP = 4 << 20;

  private FigureWriter() {}

  /**
   * Writes a figure to a stream, which stays open. A PNG has its resolution (pHYs) and the
   * provenance: JSON under {@value #PROVENANCE_KEYWORD}, the title under "Title" and the caption
   * under "Description". An SVG has cells as one embedded PNG per map, all else as text and paths,
   * with the glyphs of the fonts used; the caption under {@code <desc>}, the provenance under
   * {@code <metadata>}. A PDF embeds its fonts and has the same texts among its properties.
   *
   * @throws IOException also if a PNG would have more than 2³⁰ pixels
   */
  public static void write(Figure figure, FigureFormat format, OutputStream out)
      throws IOException {
    switch (format) {
      case PNG -> writePng(figure, out);
      case SVG -> writeSvg(figure, out);
      case PDF -> writePdf(figure, out);
    }
  }

  /** The bytes of a PNG, to embed them. */
  public static byte[] png(Figure figure) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writePng(figure, out);
    return out.toByteArray();
  }

  /** The {@code <svg>} element, to embed it in a page as a picture of its own. */
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
    svg.append("<desc>").append(Text.xml(figure.caption())).append("</desc>\n");
    svg.append(metadata(figure.provenance()));
    try {
      svg.append("<style>\n").append(surface.styleSheet()).append("</style>\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return svg.append(surface.elements()).append("</svg>\n").toString();
  }

  /**
   * Refuses a figure whose PNG would be too large, before anything is written.
   *
   * @throws IOException if it would have more than 2³⁰ pixels
   */
  public static void checkPixels(Figure figure) throws IOException {
    checkPixels(Drawing.of(figure), figure.style().dpi());
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

  private static void writeSvg(Figure figure, OutputStream out) throws IOException {
    String svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(figure);
    out.write(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static void writePng(Figure figure, OutputStream out) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("Title", Text.visible(figure.title()));
    texts.put("Description", Text.visible(figure.caption()));
    texts.put("Software", "Headlight");
    texts.put(PROVENANCE_KEYWORD, figure.provenance().toJson());
    Drawing drawing = Drawing.of(figure);
    int dpi = figure.style().dpi();
    checkPixels(drawing, dpi);
    Java2dSurface surface = new Java2dSurface(drawing.width(), drawing.height(), dpi);
    int strip = Math.max(1, PIXELS_A_STRIP / surface.width());
    try (Png png = new Png(out, surface.width(), surface.height(), dpi, texts)) {
      for (int y = 0; y < surface.height(); y += strip) {
        png.lines(surface.strip(drawing, y, Math.min(surface.height(), y + strip)));
      }
    }
  }

  private static void checkPixels(Drawing drawing, int dpi) throws IOException {
    double perPoint = dpi / 72.0;
    double pixels = drawing.width() * perPoint * drawing.height() * perPoint;
    if (pixels > MOST_PIXELS) {
      throw new IOException(
          "the figure would have %.0f million pixels, at most %d are drawn; lower the dpi or the width"
              .formatted(pixels / 1e6, MOST_PIXELS / 1_000_000));
    }
  }

  private static void writePdf(Figure figure, OutputStream out) throws IOException {
    Drawing drawing = Drawing.of(figure);
    try (PDDocument document = new PDDocument();
        PdfSurface surface = new PdfSurface(document, drawing.width(), drawing.height())) {
      drawing.draw(surface);
      surface.finish();
      PDDocumentInformation about = document.getDocumentInformation();
      about.setTitle(Text.visible(figure.title()));
      about.setSubject(Text.visible(figure.caption()));
      about.setCreator("Headlight");
      about.setCustomMetadataValue(PROVENANCE_KEYWORD, figure.provenance().toJson());
      // Else it would be the time of day, and equal figures would differ.
      document.setDocumentId((long) figure.provenance().hashCode());
      document.save(out);
    }
  }
}
