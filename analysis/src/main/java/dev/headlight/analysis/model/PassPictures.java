package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The pictures of a pass.
 *
 * @param pixels what a processor made of them, {@code [N, channels, height, width]}; null where
 *     {@code features} are given
 * @param features rows that take the place of image tokens, {@code [rows, d]} in the order of the
 *     pictures; null where they are to be computed from the pixels
 * @param positions positions of the image tokens of each prompt, ascending: together as many as
 *     there are rows; empty where the pictures stand in place of prompts
 */
public record PassPictures(NDArray pixels, NDArray features, List<int[]> positions) {
  /** Copies the list. */
  public PassPictures {
    positions = List.copyOf(positions);
  }

  /** Pictures that a tower reads by itself. */
  public static PassPictures of(NDArray pixels) {
    return new PassPictures(pixels, null, List.of());
  }

  /**
   * Pictures in prompts.
   *
   * @param pixels {@code [N, channels, height, width]}, in the order in which the prompts name them
   * @param positions positions of the image tokens of each prompt, one list a prompt
   */
  public static PassPictures inPrompts(NDArray pixels, List<int[]> positions) {
    return new PassPictures(pixels, null, positions);
  }

  /** The same with rows that were computed. */
  PassPictures withFeatures(NDArray rows) {
    return new PassPictures(pixels, rows, positions);
  }
}
