package dev.headlight.renderer.figure;

import dev.headlight.renderer.Theme;
import java.awt.image.BufferedImage;

/**
 * A {@link Plot} as pixels for a screen, drawn as {@link FigureWriter} draws it for paper.
 *
 * @param argb opaque pixels, row by row
 * @param width pixels
 * @param height pixels
 * @param left left edge of the area between the axes, in logical pixels
 * @param top its upper edge
 * @param across its width
 * @param down its height
 */
public record PlotImage(
    int[] argb, int width, int height, double left, double top, double across, double down) {
  private static final int POINTS_AN_INCH = 72;

  /**
   * Draws a plot.
   *
   * @param width room in logical pixels
   * @param height room in logical pixels
   * @param font size of labels in logical pixels
   * @param density pixels a logical pixel
   */
  public static PlotImage of(
      Plot plot, Theme theme, double width, double height, double font, double density) {
    PlotLayout layout = new PlotLayout(plot, theme, font, new Box(0, 0, width, height));
    Drawing drawing = new Alone(layout, theme, width, height);
    Java2dSurface surface =
        new Java2dSurface(width, height, (int) Math.round(POINTS_AN_INCH * density));
    BufferedImage image = surface.strip(drawing, 0, surface.height());
    int[] argb = image.getRGB(0, 0, surface.width(), surface.height(), null, 0, surface.width());
    Box box = layout.box();
    return new PlotImage(
        argb, surface.width(), surface.height(), box.x(), box.y(), box.width(), box.height());
  }

  /** A plot that fills its picture. */
  private record Alone(PlotLayout layout, Theme theme, double width, double height)
      implements Drawing {
    @Override
    public void draw(Surface surface) {
      surface.fill(new Box(0, 0, width, height), theme.panel());
      layout.draw(surface);
    }
  }
}
