package dev.headlight.samples.train;

import dev.headlight.analysis.model.ModelWeights;
import java.util.List;

/**
 * Parameters in training.
 *
 * @param weights as the forward pass reads them
 * @param parameters the same arrays with their names, in the order of the checkpoint
 * @param unread tensors that files have as well, though no pass reads them
 */
record TrainedWeights(
    ModelWeights weights, List<Parameter> parameters, List<Parameter.Stored> unread) {
  /** Weights that are all read. */
  TrainedWeights(ModelWeights weights, List<Parameter> parameters) {
    this(weights, parameters, List.of());
  }
}
