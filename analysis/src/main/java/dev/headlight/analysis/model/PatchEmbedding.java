package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.image.PatchGrid;
import java.util.stream.IntStream;

/**
 * What a tower reads in place of tokens: the patches of pictures through a linear map (the
 * reference's convolution, whose stride is its size), behind the class tokens and registers.
 */
final class PatchEmbedding {
  private final PatchSpec spec;
  private final EmbeddingWeights weights;
  private final NDManager manager;

  PatchEmbedding(ModelSpec spec, EmbeddingWeights weights, NDManager manager) {
    this.spec = spec.patches().orElseThrow();
    this.weights = weights;
    this.manager = manager;
  }

  /** Tokens of the tower without positions, {@code [N, T, d]}. */
  NDArray tokens(PassPictures pictures) {
    NDArray pixels = pictures.pixels();
    boolean cut = pictures.cut() != null;
    NDArray patches = weights.patches().apply(cut ? pixels : patches(pixels));
    if (weights.special() == null) {
      return patches;
    }
    Shape shape = weights.special().getShape();
    NDArray special = weights.special().reshape(1, shape.get(0), shape.get(1));
    // What is made of a weight belongs to the weights' manager unless it is moved.
    special.attach(manager);
    return special.repeat(0, patches.getShape().get(0)).concat(patches, 1);
  }

  /** Patches row by row, {@code [N, patches, channels · size · size]}. */
  private NDArray patches(NDArray pixels) {
    NDArray view = pixels.get(":");
    view.attach(manager);
    Shape shape = pixels.getShape();
    PatchGrid grid = spec.grid(shape.get(2), shape.get(3));
    long size = spec.size();
    NDArray whole =
        Slices.range(Slices.range(view, 2, 0, grid.rows() * size), 3, 0, grid.columns() * size);
    return whole
        .reshape(shape.get(0), shape.get(1), grid.rows(), size, grid.columns(), size)
        .transpose(0, 2, 4, 1, 3, 5)
        .reshape(shape.get(0), grid.size(), shape.get(1) * size * size);
  }

  /** Rows of the position table, {@code [1, T, d]}; resampled for another grid than the table's. */
  NDArray positions(PassPictures pictures) {
    PatchGrid grid = pictures.grid(spec);
    if (pictures.mask().length > 0) {
      int[] ids = MaskedPositions.ids(spec.trained(), grid, pictures.mask());
      return weights.positions().gather(ids, new Shape(1, ids.length), manager);
    }
    int rows = spec.classes() + spec.trained().size();
    if (grid.equals(spec.trained()) && spec.registers() == 0) {
      int[] all = IntStream.range(0, rows).toArray();
      return weights.positions().gather(all, new Shape(1, rows), manager);
    }
    float[] mixing = PositionResampling.rows(spec, grid);
    Shape square = new Shape(spec.before() + grid.size(), rows);
    NDArray matrix = Numbers.table(mixing, square, manager);
    try (Weight.Lent table = weights.positions().lend(manager)) {
      return matrix.matMul(table.array()).expandDims(0);
    }
  }
}
