package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.headlight.analysis.attention.Slices;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.job.Progress;

/**
 * From pictures to what takes the place of image tokens: the tower, the states that are taken of
 * it, the projector.
 */
public final class VisionTower {
  private final VisionSpec spec;
  private final VisionWeights weights;
  private final Transformer transformer;

  /** A tower of this shape with these parameters, which stay the caller's. */
  public VisionTower(VisionSpec spec, VisionWeights weights) {
    this.spec = spec;
    this.weights = weights;
    transformer = new Transformer(spec.tower(), weights.tower());
  }

  /** The tower by itself. */
  public Transformer transformer() {
    return transformer;
  }

  /**
   * Reads pictures.
   *
   * @param input the pictures alone: {@link PassInput#ofPictures}
   * @param whole whether blocks run whose outputs no feature needs
   * @param hooks of the tower
   * @param owner owner of the result; everything else is freed on return
   * @return rows for the language model, {@code [N · rows a picture, d]}
   */
  public NDArray features(
      PassInput input, boolean whole, Hooks hooks, Progress progress, NDManager owner) {
    try (NDManager manager = owner.newSubManager()) {
      NDList states = transformer.states(input, spec.states(), whole, hooks, progress, manager);
      NDArray all = states.size() == 1 ? states.get(0) : NDArrays.concat(states, 2);
      NDArray kept = Slices.range(all, 1, spec.dropped(), all.getShape().get(1));
      PatchGrid grid = input.pictures().grid(spec.tower().patches().orElseThrow());
      NDArray rows = projected(kept, grid, !input.gradients());
      long width = rows.getShape().get(2);
      NDArray flat = rows.reshape(rows.getShape().size() / width, width);
      flat.attach(owner);
      return flat;
    }
  }

  private NDArray projected(NDArray x, PatchGrid grid, boolean inPlace) {
    VisionSpec.Projector projector = spec.projector().orElseThrow();
    boolean late = projector.merge() == VisionSpec.Merge.MEANS;
    NDArray merged = merged(late ? x : normed(x, inPlace), grid);
    NDArray read = late ? normed(merged, inPlace) : merged;
    NDArray first = weights.projector().first().apply(read);
    return projector
        .activation()
        .map(a -> weights.projector().second().apply(FeedForward.activate(a, first, inPlace)))
        .orElse(first);
  }

  private NDArray normed(NDArray x, boolean inPlace) {
    return spec.projector()
        .flatMap(VisionSpec.Projector::norm)
        .map(norm -> Norms.apply(norm, weights.projector().norm(), x, inPlace))
        .orElse(x);
  }

  private NDArray merged(NDArray x, PatchGrid grid) {
    long n = x.getShape().get(0);
    long width = x.getShape().get(2);
    VisionSpec.Projector projector = spec.projector().orElseThrow();
    long factor = projector.factor();
    long rows = grid.rows() / factor;
    long columns = grid.columns() / factor;
    return switch (projector.merge()) {
      case NONE -> x;
      case FOLLOWING ->
          x.reshape(n, x.getShape().get(1) / (factor * factor), factor * factor * width);
      case BLOCKS ->
          x.reshape(n, rows, factor, columns, factor, width)
              .transpose(0, 1, 3, 2, 4, 5)
              .reshape(n, rows * columns, factor * factor * width);
      case MEANS ->
          x.reshape(n, rows, factor, columns, factor, width)
              .mean(new int[] {4})
              .mean(new int[] {2})
              .reshape(n, rows * columns, width);
    };
  }
}
