package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.image.PatchGrid;
import java.util.Collections;
import java.util.List;

/**
 * The pictures of a pass.
 *
 * @param pixels what a processor made of them, {@code [N, channels, height, width]}, or patches
 *     that it cut, {@code [N, patches, numbers]}; null where {@code features} are given
 * @param cut grid of patches that are cut already; null for whole pictures
 * @param mask which patches hold something of the picture, of a single picture; empty for all
 * @param features rows that take the place of image tokens, {@code [rows, d]} in the order of the
 *     pictures; null where they are to be computed from the pixels
 * @param positions positions of the image tokens of each prompt, ascending: together as many as
 *     there are rows; empty where the pictures stand in place of prompts
 * @param grids of the image tokens of each picture of a prompt; may be empty where nothing asks
 *     which token is of which picture
 */
public record PassPictures(
    NDArray pixels,
    PatchGrid cut,
    boolean[] mask,
    NDArray features,
    List<int[]> positions,
    List<PatchGrid> grids) {
  private static final boolean[] ALL = {};

  /** Copies the lists. */
  public PassPictures {
    positions = List.copyOf(positions);
    grids = List.copyOf(grids);
  }

  /** Pictures that a tower reads by itself, {@code [N, channels, height, width]}. */
  public static PassPictures of(NDArray pixels) {
    return new PassPictures(pixels, null, ALL, null, List.of(), List.of());
  }

  /**
   * Pictures in prompts.
   *
   * @param pixels {@code [N, channels, height, width]}, in the order in which the prompts name them
   * @param positions positions of the image tokens of each prompt, one list a prompt
   */
  public static PassPictures inPrompts(NDArray pixels, List<int[]> positions) {
    return new PassPictures(pixels, null, ALL, null, positions, List.of());
  }

  /**
   * What pictures became, in one prompt.
   *
   * @param features {@code [rows, d]}
   * @param positions of the image tokens, ascending
   * @param grids of the image tokens of each picture
   */
  public static PassPictures seen(NDArray features, int[] positions, List<PatchGrid> grids) {
    return new PassPictures(null, null, ALL, features, List.of(positions), grids);
  }

  /** The same with rows that were computed. */
  PassPictures withFeatures(NDArray rows) {
    return new PassPictures(pixels, cut, mask, rows, positions, grids);
  }

  /** What was seen, in so many prompts side by side. */
  PassPictures times(int count) {
    NDArray all = NDArrays.concat(new NDList(Collections.nCopies(count, features)), 0);
    List<int[]> everywhere = Collections.nCopies(count, positions.get(0));
    return new PassPictures(null, null, ALL, all, everywhere, grids);
  }

  /** The pictures without the prompts that they stand in. */
  PassPictures alone() {
    return new PassPictures(pixels, cut, mask, null, List.of(), List.of());
  }

  /** The grid of patches of each picture. */
  PatchGrid grid(PatchSpec patches) {
    Shape shape = pixels.getShape();
    return cut == null ? patches.grid(shape.get(2), shape.get(3)) : cut;
  }
}
