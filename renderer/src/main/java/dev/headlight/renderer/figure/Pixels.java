package dev.headlight.renderer.figure;

/** A picture that each surface asks for in the resolution it wants. */
interface Pixels {
  /** Natural width: one pixel a cell. */
  int columns();

  /** Natural height: one pixel a cell. */
  int rows();

  /** Row-major 0xAARRGGBB of width · height pixels. */
  default int[] argb(int width, int height) {
    return argb(width, height, 0, height);
  }

  /** The lines {@code from} (included) to {@code to} of that picture. */
  int[] argb(int width, int height, int from, int to);
}
