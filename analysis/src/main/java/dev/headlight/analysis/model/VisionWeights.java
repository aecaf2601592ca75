package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Parameters of what makes pictures into rows of a prompt.
 *
 * @param tower the tower's
 * @param projector from its states to rows; null where the tower stands beside another
 * @param contrast how the outputs of two towers are compared; null where pictures stand in prompts
 */
public record VisionWeights(ModelWeights tower, Projector projector, Contrast contrast) {
  /** A tower before a language model. */
  public VisionWeights(ModelWeights tower, Projector projector) {
    this(tower, projector, null);
  }

  /**
   * How the normalised outputs of two towers become a logit: {@code scale · image · text + bias}.
   *
   * @param scale e to the power of the stored logarithm
   * @param bias added
   * @param pairwise whether a sigmoid judges each pair by itself (SigLIP), or a softmax weighs the
   *     texts against each other (CLIP)
   */
  public record Contrast(double scale, double bias, boolean pairwise) {}

  /**
   * Parameters between tower and language model.
   *
   * @param norm of the tower's states, or null
   * @param first projection
   * @param second projection, behind the activation, or null
   */
  public record Projector(NormWeights norm, Projection first, Projection second) {}

  /** All arrays that stay in memory, each once, in a fixed order. */
  public NDList arrays() {
    ArrayCollector all = new ArrayCollector();
    all.arrays(tower.arrays().toArray(new NDArray[0]));
    if (projector != null) {
      all.norms(projector.norm());
      all.projections(projector.first(), projector.second());
    }
    return all.arrays();
  }
}
