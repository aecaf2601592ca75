package dev.headlight.renderer.figure;

import dev.headlight.renderer.Fonts;
import dev.headlight.renderer.Fonts.Run;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws on an opaque image; filled rectangles and pictures are snapped to whole pixels. */
final class Java2dSurface implements Surface, AutoCloseable {
  private final BufferedImage image;
  private final Graphics2D graphics;
  private final double scale;

  /**
   * @param width in points
   * @param height in points
   */
  Java2dSurface(double width, double height, int dpi) {
    scale = dpi / 72.0;
    image =
        new BufferedImage(
            (int) Math.round(width * scale),
            (int) Math.round(height * scale),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  BufferedImage image() {
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
    pen(colour, lineWidth);
    graphics.draw(
        new Rectangle2D.Double(
            box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale));
  }

  @Override
  public void line(double x1, double y1, double x2, double y2, int colour, double lineWidth) {
    pen(colour, lineWidth);
    graphics.draw(new Line2D.Double(x1 * scale, y1 * scale, x2 * scale, y2 * scale));
  }

  @Override
  public void text(double x, double y, String text, TextStyle style) {
    List<Run> runs = Fonts.runs(Text.visible(text), style.face(), (float) (style.size() * scale));
    double width = runs.stream().mapToDouble(Run::width).sum();
    double at =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        };
    AffineTransform before = graphics.getTransform();
    graphics.translate(x * scale, y * scale);
    graphics.rotate(Math.toRadians(style.rotation()));
    graphics.setColor(new Color(style.colour()));
    for (Run run : runs) {
      graphics.setFont(run.font());
      graphics.drawString(run.drawn(), (float) at, 0);
      at += run.width();
    }
    graphics.setTransform(before);
  }

  @Override
  public void image(Box box, Pixels pixels) {
    int x = pixel(box.x());
    int y = pixel(box.y());
    int width = Math.max(1, pixel(box.right()) - x);
    int height = Math.max(1, pixel(box.bottom()) - y);
    BufferedImage part = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    part.setRGB(0, 0, width, height, pixels.argb(width, height), 0, width);
    graphics.drawImage(part, x, y, null);
  }

  private void pen(int colour, double lineWidth) {
    graphics.setColor(new Color(colour));
    graphics.setStroke(
        new BasicStroke((float) (lineWidth * scale), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
  }

  private int pixel(double points) {
    return (int) Math.round(points * scale);
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
