package dev.headlight.analysis.image;

import dev.headlight.analysis.checkpoint.CheckpointException;
import dev.headlight.analysis.checkpoint.Config;
import java.util.List;

/**
 * From bytes to what a tower reads: {@code (byte · factor − mean) / std} for each channel, in the
 * 32-bit steps of the reference. A byte has 256 values, so the whole rule is a table.
 */
final class Normalisation {
  private final float[][] table = new float[3][256];

  private Normalisation(double factor, List<Double> mean, List<Double> std) {
    for (int channel = 0; channel < 3; channel++) {
      float m = mean.get(channel).floatValue();
      float s = std.get(channel).floatValue();
      for (int value = 0; value < 256; value++) {
        table[channel][value] = ((float) (value * factor) - m) / s;
      }
    }
  }

  /**
   * Reads {@code do_rescale, rescale_factor, do_normalize, image_mean, image_std}.
   *
   * @param mean the family's means, where the file names none
   * @param std the family's deviations, where the file names none
   */
  static Normalisation read(Config config, List<Double> mean, List<Double> std) {
    double factor = config.number("rescale_factor", 1 / 255.0);
    boolean plain = !config.bool("do_normalize", true);
    return new Normalisation(
        config.bool("do_rescale", true) ? factor : 1,
        plain ? List.of(0.0, 0.0, 0.0) : three(config, "image_mean", mean),
        plain ? List.of(1.0, 1.0, 1.0) : three(config, "image_std", std));
  }

  private static List<Double> three(Config config, String name, List<Double> fallback) {
    List<Double> values = config.numberList(name);
    if (values.isEmpty()) {
      return fallback;
    }
    if (values.size() != 3 && values.size() != 1) {
      throw new CheckpointException(
          "%s: %s should be three numbers, one a colour, found %d."
              .formatted(config.file(), name, values.size()));
    }
    double last = values.get(values.size() - 1);
    return values.size() == 3 ? values : List.of(last, last, last);
  }

  /** The number a byte of a channel becomes. */
  float of(int channel, byte value) {
    return table[channel][value & 0xFF];
  }

  /**
   * Writes a picture as {@code [3, rows, columns]} planes.
   *
   * @param columns of the plane, at least the picture's width; what is beyond stays 0
   * @param at index of the first plane's first number
   * @param plane numbers between the beginnings of two planes
   */
  void write(Picture picture, float[] into, int at, int columns, int plane) {
    byte[] rgb = picture.rgb();
    for (int y = 0, i = 0; y < picture.height(); y++) {
      int row = at + y * columns;
      for (int x = 0; x < picture.width(); x++, i += 3) {
        into[row + x] = table[0][rgb[i] & 0xFF];
        into[row + x + plane] = table[1][rgb[i + 1] & 0xFF];
        into[row + x + 2 * plane] = table[2][rgb[i + 2] & 0xFF];
      }
    }
  }
}
