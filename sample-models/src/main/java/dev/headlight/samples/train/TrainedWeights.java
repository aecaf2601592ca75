package dev.headlight.samples.train;

import dev.headlight.analysis.model.ModelWeights;
import java.util.List;

/**
 * Parameters in training.
 *
 * @param weights as the forward pass reads them
 * @param parameters the same arrays with their names, in the order of the checkpoint
 */
record TrainedWeights(ModelWeights weights, List<Parameter> parameters) {}
