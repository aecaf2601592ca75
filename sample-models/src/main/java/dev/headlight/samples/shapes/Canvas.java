package dev.headlight.samples.shapes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Draws without a toolkit. Every pixel is {@value #FINE} × {@value #FINE} points, each of which
 * belongs to what was drawn there last; a pixel's colour is the mean of its points'.
 */
final class Canvas {
  private static final int FINE = 4;
  private static final int CHANNELS = 3;

  private final int size;
  private final byte[] owners;
  private final List<Tone> tones = new ArrayList<>();

  Canvas(int size, Tone ground) {
    this.size = size;
    owners = new byte[size * FINE * size * FINE];
    tones.add(ground);
  }

  /** What covers points of the canvas, in pixels from its corner. */
  interface Form {
    boolean covers(double x, double y);
  }

  /**
   * Points of a form within a square.
   *
   * @param reach half the square's side in pixels
   */
  int[] points(Form form, double x, double y, double reach) {
    int side = size * FINE;
    int firstColumn = begin(x - reach);
    int lastColumn = end(x + reach);
    int lastRow = end(y + reach);
    int[] found = new int[Math.max(0, (lastColumn - firstColumn) * (lastRow - begin(y - reach)))];
    int count = 0;
    for (int row = begin(y - reach); row < lastRow; row++) {
      for (int column = firstColumn; column < lastColumn; column++) {
        if (form.covers((column + 0.5) / FINE, (row + 0.5) / FINE)) {
          found[count++] = row * side + column;
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int begin(double at) {
    return (int) Math.max(0, Math.floor(at * FINE));
  }

  private int end(double at) {
    return (int) Math.min((double) size * FINE, Math.ceil(at * FINE));
  }

  /**
   * Gives points to a new owner.
   *
   * @return its number: 1 for the first
   */
  int paint(int[] points, Tone tone) {
    int owner = tones.size();
    tones.add(tone);
    for (int point : points) {
      owners[point] = (byte) owner;
    }
    return owner;
  }

  /** How many of these points an owner has. */
  int owned(int owner, int[] points) {
    int count = 0;
    for (int point : points) {
      count += owners[point] == owner ? 1 : 0;
    }
    return count;
  }

  /** How many points an owner has. */
  int owned(int owner) {
    int count = 0;
    for (byte there : owners) {
      count += there == owner ? 1 : 0;
    }
    return count;
  }

  /** Pixels of which an owner has more than half. */
  boolean[] mask(int owner) {
    int[] counts = new int[size * size];
    for (int point = 0; point < owners.length; point++) {
      counts[pixel(point)] += owners[point] == owner ? 1 : 0;
    }
    boolean[] mask = new boolean[counts.length];
    for (int pixel = 0; pixel < mask.length; pixel++) {
      mask[pixel] = 2 * counts[pixel] > FINE * FINE;
    }
    return mask;
  }

  /** The pixel of a point. */
  private int pixel(int point) {
    int side = size * FINE;
    return point / side / FINE * size + point % side / FINE;
  }

  /**
   * Red, green and blue of each pixel.
   *
   * @param noise standard deviation of what is added to a pixel's three amounts alike
   */
  byte[] rgb(Random random, double noise) {
    double[] light = new double[CHANNELS * size * size];
    for (int point = 0; point < owners.length; point++) {
      Tone tone = tones.get(owners[point]);
      int at = CHANNELS * pixel(point);
      light[at] += tone.red();
      light[at + 1] += tone.green();
      light[at + 2] += tone.blue();
    }
    byte[] rgb = new byte[light.length];
    double added = 0;
    for (int i = 0; i < rgb.length; i++) {
      if (noise > 0 && i % CHANNELS == 0) {
        added = noise * random.nextGaussian();
      }
      rgb[i] = (byte) Math.rint(Math.min(255, Math.max(0, light[i] / (FINE * FINE) + added)));
    }
    return rgb;
  }
}
