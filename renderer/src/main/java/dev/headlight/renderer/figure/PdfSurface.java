package dev.headlight.renderer.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * Writes the operators of one page, as large as the figure. Large cells are rectangles, small ones
 * a picture; text is text of embedded fonts, glyph by glyph where it was laid out.
 */
final class PdfSurface implements Surface, AutoCloseable {
  /** Longest side of an embedded picture: beyond it cells are pooled. */
  private static final int MOST_PIXELS = 4096;

  /** A picture of few cells repeats them, so that a viewer that smooths blurs little. */
  private static final int FINE = 2048;

  /** Pixels a point of such a picture: 600 dpi, beyond which nobody sees an edge blur. */
  private static final double DENSE = 600 / 72.0;

  private final PDDocument document;
  private final PDPage page;
  private final PDResources resources = new PDResources();
  private final PdfFonts fonts;
  private final PdfCells cells = new PdfCells();
  private final StringBuilder out = new StringBuilder();

  /**
   * @param width of the page in points
   * @param height of the page in points
   */
  PdfSurface(PDDocument document, double width, double height) {
    this.document = document;
    this.page = new PDPage(new PDRectangle((float) width, (float) height));
    this.fonts = new PdfFonts(document, resources);
    // Downwards from the top left, as everywhere here.
    out.append("1 0 0 -1 0 ").append(number(height)).append(" cm\n");
  }

  /** Adds the finished page to the document. */
  void finish() throws IOException {
    byte[] operators = out.toString().getBytes(StandardCharsets.US_ASCII);
    page.setContents(
        new PDStream(document, new ByteArrayInputStream(operators), COSName.FLATE_DECODE));
    page.setResources(resources);
    document.addPage(page);
    fonts.embed();
  }

  /** Frees the fonts; the document must have been saved. */
  @Override
  public void close() throws IOException {
    fonts.close();
  }

  @Override
  public void fill(Box box, int colour) {
    out.append(rgb(colour)).append(" rg ").append(rectangle(box)).append(" f\n");
  }

  @Override
  public void frame(Box box, int colour, double lineWidth) {
    out.append(pen(colour, lineWidth)).append(rectangle(box)).append(" S\n");
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, int colour, double lineWidth) {
    out.append(pen(colour, lineWidth))
        .append("%s %s m %s %s l S\n".formatted(number(x1), number(y1), number(x2), number(y2)));
  }

  @Override
  public void polyline(double[] x, double[] y, int colour, double lineWidth) {
    out.append("q 1 j 1 J ").append(pen(colour, lineWidth)).append(path(x, y)).append("S Q\n");
  }

  @Override
  public void polygon(double[] x, double[] y, int colour) {
    out.append(rgb(colour)).append(" rg\n").append(path(x, y)).append("f\n");
  }

  private static String path(double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      path.append("%s %s %s\n".formatted(number(x[i]), number(y[i]), i == 0 ? "m" : "l"));
    }
    return path.toString();
  }

  @Override
  public void text(double x, double y, String text, TextStyle style) {
    TextLine line = style.line(text);
    out.append("q ").append(rgb(style.colour())).append(" rg\n");
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(Math.toRadians(style.rotation()));
    place.translate(style.start(line.width()), 0);
    out.append(matrix(place)).append(" cm\n");
    for (TextLine.Run run : line.runs()) {
      run(run);
      run.frame()
          .ifPresent(box -> frame(box, style.colour(), TextStyle.CODE_STROKE * style.size()));
    }
    out.append("Q\n");
  }

  /** What a reader copies or searches is what was asked for, whatever glyphs show it. */
  private void run(TextLine.Run run) {
    boolean differs = run.shaped() || !run.text().equals(run.source());
    if (differs) {
      out.append("/Span <</ActualText <")
          .append(utf16(Text.visible(run.source())))
          .append(">>> BDC\n");
    }
    try {
      if (run.typeface().embeddable()) {
        fonts.show(run, out);
      } else {
        outline(run);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (differs) {
      out.append("EMC\n");
    }
  }

  private void outline(TextLine.Run run) {
    PathIterator path =
        run.glyphs().getOutline((float) run.x(), (float) -run.rise()).getPathIterator(null);
    double[] at = new double[6];
    double x = 0;
    double y = 0;
    for (; !path.isDone(); path.next()) {
      int last = 0;
      switch (path.currentSegment(at)) {
        case PathIterator.SEG_MOVETO -> out.append(points(at, 2)).append("m\n");
        case PathIterator.SEG_LINETO -> out.append(points(at, 2)).append("l\n");
        case PathIterator.SEG_QUADTO -> {
          last = 2;
          double[] cubic = {
            x + 2 * (at[0] - x) / 3,
            y + 2 * (at[1] - y) / 3,
            at[2] + 2 * (at[0] - at[2]) / 3,
            at[3] + 2 * (at[1] - at[3]) / 3,
            at[2],
            at[3]
          };
          out.append(points(cubic, 6)).append("c\n");
        }
        case PathIterator.SEG_CUBICTO -> {
          last = 4;
          out.append(points(at, 6)).append("c\n");
        }
        default -> out.append("h\n");
      }
      x = at[last];
      y = at[last + 1];
    }
    out.append("f\n");
  }

  @Override
  public void image(Box box, Pixels pixels) {
    if (cells.draw(box, pixels, out)) {
      return;
    }
    try {
      COSName name = resources.add(picture(box, pixels));
      // A picture's own rows go upwards from the lower left.
      out.append(
          "q %s 0 0 %s %s %s cm %s Do Q\n"
              .formatted(
                  number(box.width()),
                  number(-box.height()),
                  number(box.x()),
                  number(box.bottom()),
                  "/" + name.getName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PDImageXObject picture(Box box, Pixels pixels) throws IOException {
    int columns = Math.min(MOST_PIXELS, pixels.columns());
    int rows = Math.min(MOST_PIXELS, pixels.rows());
    double fine = Math.min(FINE, DENSE * Math.max(box.width(), box.height()));
    int times = Math.max(1, (int) (fine / Math.max(columns, rows)));
    int width = times * columns;
    int height = times * rows;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels.argb(width, height), 0, width);
    PDImageXObject object = LosslessFactory.createFromImage(document, image);
    object.setInterpolate(false);
    return object;
  }

  private static String pen(int colour, double lineWidth) {
    return "%s RG %s w ".formatted(rgb(colour), number(lineWidth));
  }

  private static String rectangle(Box box) {
    return "%s %s %s %s re"
        .formatted(number(box.x()), number(box.y()), number(box.width()), number(box.height()));
  }

  private static String matrix(AffineTransform transform) {
    double[] flat = new double[6];
    transform.getMatrix(flat);
    StringBuilder text = new StringBuilder();
    for (double value : flat) {
      text.append(text.length() > 0 ? " " : "").append(number(value));
    }
    return text.toString();
  }

  private static String points(double[] values, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(number(values[i])).append(' ');
    }
    return text.toString();
  }

  private static String utf16(String text) {
    StringBuilder hex = new StringBuilder("FEFF");
    for (int i = 0; i < text.length(); i++) {
      hex.append("%04X".formatted((int) text.charAt(i)));
    }
    return hex.toString();
  }

  /** Three numbers 0..1. */
  static String rgb(int colour) {
    return number((colour >> 16 & 0xff) / 255.0)
        + ' '
        + number((colour >> 8 & 0xff) / 255.0)
        + ' '
        + number((colour & 0xff) / 255.0);
  }

  /** At most four decimals, without trailing zeros. */
  static String number(double value) {
    long scaled = Math.round(value * 10_000);
    StringBuilder text = new StringBuilder(scaled < 0 ? "-" : "").append(Math.abs(scaled) / 10_000);
    long fraction = Math.abs(scaled) % 10_000;
    if (fraction > 0) {
      String digits = "%04d".formatted(fraction);
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      text.append('.').append(digits, 0, end);
    }
    return text.toString();
  }
}
