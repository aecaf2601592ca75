package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts.Face;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws the lines of an opaque picture strip by strip; filled rectangles and pictures are snapped
 * to whole pixels. Text is filled as outlines, exactly as vector files show it.
 */
final class Java2dSurface implements Surface {
  private final double scale;
  private final int width;
  private final int height;
  private final Map<Key, TextLine> lines = new HashMap<>();
  private Graphics2D graphics;
  private int first;
  private int last;

  /** What a laid out line depends on. */
  private record Key(String text, Face face, double size) {}

  /**
   * @param width in points
   * @param height in points
   */
  Java2dSurface(double width, double height, int dpi) {
    this.scale = dpi / 72.0;
    this.width = (int) Math.round(width * scale);
    this.height = (int) Math.round(height * scale);
  }

  /** Pixels of the whole picture. */
  int width() {
    return width;
  }

  /** Pixels of the whole picture. */
  int height() {
    return height;
  }

  /** Draws some lines of the picture. */
  BufferedImage strip(Drawing drawing, int from, int to) {
    first = from;
    last = to;
    BufferedImage image = new BufferedImage(width, to - from, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.translate(0, -from);
    drawing.draw(this);
    graphics.dispose();
    return image;
  }

  @Override
  public void fill(Box box, int colour) {
    graphics.setColor(new Color(colour));
    int x = pixel(box.x());
    int y = pixel(box.y());
    graphics.fillRect(x, y, pixel(box.right()) - x, pixel(box.bottom()) - y);
  }

  @Override
  public void frame(Box box, int colour, double lineWidth) {
    pen(graphics, colour, lineWidth * scale);
    graphics.draw(
        new Rectangle2D.Double(
            box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale));
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, int colour, double lineWidth) {
    pen(graphics, colour, lineWidth * scale);
    graphics.draw(new Line2D.Double(x1 * scale, y1 * scale, x2 * scale, y2 * scale));
  }

  @Override
  public void polyline(double[] x, double[] y, int colour, double lineWidth) {
    graphics.setColor(new Color(colour));
    graphics.setStroke(
        new BasicStroke(
            (float) (lineWidth * scale), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path(x, y));
  }

  @Override
  public void polygon(double[] x, double[] y, int colour) {
    graphics.setColor(new Color(colour));
    Path2D path = path(x, y);
    path.closePath();
    graphics.fill(path);
  }

  private Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[0] * scale, y[0] * scale);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i] * scale, y[i] * scale);
    }
    return path;
  }

  @Override
  public void text(double x, double y, String text, TextStyle style) {
    TextLine line =
        lines.computeIfAbsent(new Key(text, style.face(), style.size()), k -> style.line(text));
    double reach = line.width() + 2 * style.size();
    if ((y + reach) * scale < first || (y - reach) * scale > last) {
      return;
    }
    Graphics2D own = (Graphics2D) graphics.create();
    own.translate(x * scale, y * scale);
    own.rotate(Math.toRadians(style.rotation()));
    own.scale(scale, scale);
    own.translate(style.start(line.width()), 0);
    for (TextLine.Run run : line.runs()) {
      own.setColor(new Color(style.colour()));
      own.fill(run.glyphs().getOutline((float) run.x(), (float) -run.rise()));
      run.frame().ifPresent(box -> frame(own, box, style));
    }
    own.dispose();
  }

  private static void frame(Graphics2D graphics, Box box, TextStyle style) {
    pen(graphics, style.colour(), TextStyle.CODE_STROKE * style.size());
    graphics.draw(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
  }

  @Override
  public void image(Box box, Pixels pixels) {
    int x = pixel(box.x());
    int y = pixel(box.y());
    int across = Math.max(1, pixel(box.right()) - x);
    int down = Math.max(1, pixel(box.bottom()) - y);
    int from = Math.max(0, first - y);
    int to = Math.min(down, last - y);
    if (from < to) {
      BufferedImage part = new BufferedImage(across, to - from, BufferedImage.TYPE_INT_ARGB);
      int[] argb = pixels.argb(across, down, from, to);
      part.setRGB(0, 0, across, to - from, argb, 0, across);
      graphics.drawImage(part, x, y + from, null);
    }
  }

  private static void pen(Graphics2D graphics, int colour, double lineWidth) {
    graphics.setColor(new Color(colour));
    graphics.setStroke(
        new BasicStroke((float) lineWidth, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
  }

  private int pixel(double points) {
    return (int) Math.round(points * scale);
  }
}
