package dev.headlight.samples.shapes;

import java.util.stream.IntStream;

/**
 * A shape in a picture.
 *
 * @param shape its form
 * @param colour its colour
 * @param big whether it is one of the big ones
 * @param place where it is
 * @param mask the pixels it is seen in, row by row: those of which it has more than half
 * @param whole whether nothing is in front of it
 */
public record ShapeObject(
    Shape shape, Colour colour, boolean big, Place place, boolean[] mask, boolean whole) {
  private static final int SIZE = ShapesWorld.SIZE;
  private static final int PATCH = ShapesWorld.PATCH;

  /** How many pixels of a patch it is seen in; patches are counted row by row. */
  public int covered(int patch) {
    int count = 0;
    for (int i = 0; i < PATCH * PATCH; i++) {
      count += mask[corner(patch) + i / PATCH * SIZE + i % PATCH] ? 1 : 0;
    }
    return count;
  }

  /** Whether a patch has its middle in the mask: one of the four pixels around it. */
  public boolean within(int patch) {
    int middle = corner(patch) + PATCH / 2 * SIZE + PATCH / 2;
    return mask[middle] || mask[middle - 1] || mask[middle - SIZE] || mask[middle - SIZE - 1];
  }

  /**
   * The patches that have their middle in the mask; the one that it covers most if there is none.
   */
  public int[] patches() {
    int[] inside = IntStream.range(0, ShapesWorld.PATCHES).filter(this::within).toArray();
    if (inside.length > 0) {
      return inside;
    }
    int most = 0;
    for (int patch = 1; patch < ShapesWorld.PATCHES; patch++) {
      most = covered(patch) > covered(most) ? patch : most;
    }
    return new int[] {most};
  }

  private static int corner(int patch) {
    int side = SIZE / PATCH;
    return patch / side * PATCH * SIZE + patch % side * PATCH;
  }

  /** Colour and shape in words, such as {@code red circle}. */
  public String words() {
    return colour.word() + " " + shape.word();
  }
}
