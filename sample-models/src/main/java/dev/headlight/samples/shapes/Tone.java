package dev.headlight.samples.shapes;

import java.util.Random;

/**
 * Amounts of light.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
record Tone(double red, double green, double blue) {
  static Tone grey(double light) {
    return new Tone(light, light, light);
  }

  /** A tone near this one: each amount up to {@code reach} away, within what there is. */
  Tone near(Random random, double reach) {
    return new Tone(
        near(red, random, reach), near(green, random, reach), near(blue, random, reach));
  }

  private static double near(double light, Random random, double reach) {
    return Math.min(255, Math.max(0, light + reach * (2 * random.nextDouble() - 1)));
  }
}
