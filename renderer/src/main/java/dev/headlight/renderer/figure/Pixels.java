package dev.headlight.renderer.figure;

/** A picture that each surface asks for in the resolution it wants. */
interface Pixels {
  /** Natural width: one pixel a cell. */
  int columns();

  /** Natural height: one pixel a cell. */
  int rows();

  /** Row-major 0xAARRGGBB of width · height pixels. */
  int[] argb(int width, int height);
}
