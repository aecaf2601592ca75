package dev.headlight.samples.shapes;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.model.PassPictures;
import java.util.List;
import java.util.stream.IntStream;

/** Square pictures as the shapes' model takes them: what its preprocessor_config.json says. */
public final class PixelBatch {
  /** Subtracted from light between 0 and 1. */
  public static final double MEAN = 0.5;

  /** Then divided by. */
  public static final double DEVIATION = 0.25;

  private static final int CHANNELS = 3;

  private PixelBatch() {}

  /**
   * Pictures in place of the image tokens of prompts.
   *
   * @param pictures red, green and blue of each pixel, row by row; one a prompt
   * @param prompts tokens
   * @param image id of the image tokens
   * @param owner owner of the pixels
   */
  public static PassPictures inPrompts(
      List<byte[]> pictures, List<int[]> prompts, int image, NDManager owner) {
    List<int[]> positions =
        prompts.stream()
            .map(p -> IntStream.range(0, p.length).filter(i -> p[i] == image).toArray())
            .toList();
    return PassPictures.inPrompts(pixels(pictures, owner), positions);
  }

  /** The pictures, {@code [N, 3, size, size]}. */
  public static NDArray pixels(List<byte[]> pictures, NDManager owner) {
    int area = pictures.get(0).length / CHANNELS;
    float[] values = new float[pictures.size() * CHANNELS * area];
    int next = 0;
    for (byte[] rgb : pictures) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int pixel = 0; pixel < area; pixel++) {
          double light = (rgb[CHANNELS * pixel + channel] & 0xff) / 255.0;
          values[next++] = (float) ((light - MEAN) / DEVIATION);
        }
      }
    }
    int size = (int) Math.round(Math.sqrt(area));
    return owner.create(values, new Shape(pictures.size(), CHANNELS, size, size));
  }
}
