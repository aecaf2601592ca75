package dev.headlight.analysis.model.family;

import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.ModelWeights;
import dev.headlight.analysis.model.WeightReader;
import java.util.Set;

/**
 * Reads one way of writing config.json and naming weights. A family holds no arithmetic: it says
 * what the model is ({@link #spec}) and where its weights lie ({@link #weights}).
 */
public interface Family {
  /** Values of {@code model_type} this family reads. */
  Set<String> modelTypes();

  /**
   * The model's shape.
   *
   * @throws dev.headlight.analysis.checkpoint.CheckpointException naming the field whose value
   *     cannot be run
   */
  ModelSpec spec(Config config);

  /**
   * The model's weights in the common form.
   *
   * @throws dev.headlight.analysis.checkpoint.CheckpointException naming the tensor that is missing
   *     or of the wrong shape
   */
  ModelWeights weights(ModelSpec spec, Config config, WeightReader reader);
}
