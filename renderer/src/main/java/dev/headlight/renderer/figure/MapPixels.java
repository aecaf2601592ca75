package dev.headlight.renderer.figure;

import dev.headlight.renderer.HeatmapPainter;
import dev.headlight.renderer.Matrix;
import dev.headlight.renderer.Palette;
import dev.headlight.renderer.ValueScale;
import dev.headlight.renderer.Viewport;

/** A whole map as a picture of at most {@code most} natural pixels a side. */
record MapPixels(Matrix matrix, ValueScale scale, Palette palette, int most) implements Pixels {
  @Override
  public int columns() {
    return Math.min(most, matrix.columns());
  }

  @Override
  public int rows() {
    return Math.min(most, matrix.rows());
  }

  @Override
  public int[] argb(int width, int height, int from, int to) {
    return HeatmapPainter.paintLines(
        matrix, Viewport.all(matrix), scale, palette, width, height, from, to);
  }
}
