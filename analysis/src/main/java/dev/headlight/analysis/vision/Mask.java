package dev.headlight.analysis.vision;

import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureTile;
import dev.headlight.analysis.image.Region;
import java.util.Arrays;

/**
 * Where an object is in a picture, in pixels of the original.
 *
 * @param width pixels from left to right
 * @param height pixels from top to bottom
 * @param inside {@code [height, width]}, row-major
 */
public record Mask(int width, int height, boolean[] inside) {
  /** Checks that there is an answer for each pixel. */
  public Mask {
    if (inside.length != width * height) {
      throw new IllegalArgumentException(
          inside.length + " cells of a mask of " + width + " × " + height);
    }
  }

  /** A rectangle of pixels, {@code [x0, x1)} and {@code [y0, y1)}. */
  public static Mask box(int width, int height, int x0, int y0, int x1, int y1) {
    boolean[] inside = new boolean[width * height];
    for (int y = y0; y < y1; y++) {
      Arrays.fill(inside, y * width + x0, y * width + x1, true);
    }
    return new Mask(width, height, inside);
  }

  /**
   * The part of each token of a tile that the object covers.
   *
   * @return {@code [rows, columns]}, 0 to 1; 0 where a token shows nothing of the picture
   */
  public PatchMap over(PictureTile tile) {
    PatchGrid grid = tile.tokens();
    float[] values = new float[grid.size()];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        values[grid.index(r, c)] = covered(tile.tokenRegion(r, c).within(width, height));
      }
    }
    return new PatchMap(grid, values);
  }

  /** Part of a region that is inside, each pixel weighed by how much of it the region holds. */
  private float covered(Region region) {
    if (region.isEmpty()) {
      return 0;
    }
    double sum = 0;
    int bottom = (int) Math.min(height, Math.ceil(region.y() + region.height()));
    int right = (int) Math.min(width, Math.ceil(region.x() + region.width()));
    for (int y = (int) region.y(); y < bottom; y++) {
      double tall = overlap(y, region.y(), region.height());
      for (int x = (int) region.x(); x < right; x++) {
        sum += inside[y * width + x] ? tall * overlap(x, region.x(), region.width()) : 0;
      }
    }
    return (float) (sum / (region.width() * region.height()));
  }

  private static double overlap(int pixel, double from, double size) {
    return Math.max(0, Math.min(pixel + 1, from + size) - Math.max(pixel, from));
  }
}
