package dev.headlight.app.visual;

import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.Region;
import dev.headlight.analysis.vision.ImageSpan;
import dev.headlight.renderer.ColorMap;
import java.util.Arrays;

/** A map without its picture, small, brightest at its own largest patch. */
public final class SmallMap {
  private SmallMap() {}

  /**
   * Paints a map into a larger field.
   *
   * @param argb the field, row-major, {@code width} a line
   * @param x left of the map in the field
   * @param y top of the map in the field
   * @param across pixels of the map
   * @param down pixels of the map
   */
  public static void paint(
      PatchView view, int[] argb, int width, int x, int y, int across, int down) {
    int[] part = new int[across * down];
    Arrays.fill(part, ColorMap.viridis().argb(0));
    for (int p : view.parts()) {
      cells(view, p, part, across, down);
    }
    for (int row = 0; row < down; row++) {
      int at = (y + row) * width + x;
      if (x >= 0 && x + across <= width && at + across <= argb.length) {
        System.arraycopy(part, row * across, argb, at, across);
      }
    }
  }

  private static void cells(PatchView view, int number, int[] argb, int across, int down) {
    double most = view.largest();
    ImageSpan.Part part = view.looked().parts().get(number);
    int first = view.first(number);
    for (int c = 0; c < part.grid().size(); c++) {
      float value = view.values()[first + c];
      double position = most > 0 && !Float.isNaN(value) ? value / most : 0;
      fill(place(view, part, c), ColorMap.viridis().argb(position), argb, across, down);
    }
  }

  /** Where a cell stands, from 0 to 1; the tokens of a text side by side. */
  private static Region place(PatchView view, ImageSpan.Part part, int cell) {
    if (view.looked().text()) {
      double count = part.grid().size();
      return new Region(cell / count, 0, 1 / count, 1);
    }
    Picture of = view.picture();
    Region region = view.looked().region(part, cell).within(of.width(), of.height());
    return new Region(
        region.x() / of.width(),
        region.y() / of.height(),
        region.width() / of.width(),
        region.height() / of.height());
  }

  private static void fill(Region place, int colour, int[] argb, int across, int down) {
    int left = (int) Math.round(place.x() * across);
    int right = (int) Math.round((place.x() + place.width()) * across);
    int top = (int) Math.round(place.y() * down);
    int bottom = (int) Math.round((place.y() + place.height()) * down);
    for (int row = top; row < Math.max(top + 1, bottom) && row < down; row++) {
      for (int column = left; column < Math.max(left + 1, right) && column < across; column++) {
        argb[row * across + column] = colour;
      }
    }
  }
}
