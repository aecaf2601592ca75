package dev.headlight.analysis.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Parameters of what makes pictures into rows of a prompt.
 *
 * @param tower the tower's
 * @param projector from its states to rows
 */
public record VisionWeights(ModelWeights tower, Projector projector) {

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
    all.norms(projector.norm());
    all.projections(projector.first(), projector.second());
    return all.arrays();
  }
}
