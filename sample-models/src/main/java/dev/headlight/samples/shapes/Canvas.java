package dev.headlight.samples.shapes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws without a toolkit. Every pixel is {@value #FINE} × {@value #FINE} points, each of which
 * belongs to what was drawn there last; a pixel's colour is the mean of its points'.
 */
final class Canvas {
  private static final int FINE = 4;

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
    List<Integer> found = new ArrayList<>();
    int lastRow = end(y + reach);
    int lastColumn = end(x + reach);
    for (int row = begin(y - reach); row < lastRow; row++) {
      for (int column = begin(x - reach); column < lastColumn; column++) {
        if (form.covers((column + 0.5) / FINE, (row + 0.5) / FINE)) {
          found.add(row * side + column);
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
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

  /** Pixels of which an owner has at least half. */
  boolean[] mask(int owner) {
    boolean[] mask = new boolean[size * size];
    for (int pixel = 0; pixel < mask.length; pixel++) {
      mask[pixel] = 2 * counts(pixel)[owner] >= FINE * FINE;
    }
    return mask;
  }

  private int[] counts(int pixel) {
    int[] counts = new int[tones.size()];
    int first = pixel / size * FINE * size * FINE + pixel % size * FINE;
    for (int row = 0; row < FINE; row++) {
      for (int column = 0; column < FINE; column++) {
        counts[owners[first + row * size * FINE + column]]++;
      }
    }
    return counts;
  }

  /**
   * Red, green and blue of each pixel.
   *
   * @param noise standard deviation of what is added to a pixel's three amounts alike
   */
  byte[] rgb(Random random, double noise) {
    byte[] rgb = new byte[3 * size * size];
    for (int pixel = 0; pixel < size * size; pixel++) {
      double added = noise > 0 ? noise * random.nextGaussian() : 0;
      double red = added;
      double green = added;
      double blue = added;
      int[] counts = counts(pixel);
      for (int owner = 0; owner < counts.length; owner++) {
        double share = (double) counts[owner] / (FINE * FINE);
        red += share * tones.get(owner).red();
        green += share * tones.get(owner).green();
        blue += share * tones.get(owner).blue();
      }
      rgb[3 * pixel] = light(red);
      rgb[3 * pixel + 1] = light(green);
      rgb[3 * pixel + 2] = light(blue);
    }
    return rgb;
  }

  private static byte light(double amount) {
    return (byte) Math.rint(Math.min(255, Math.max(0, amount)));
  }
}
