package dev.headlight.app.cli;

import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.model.RandomModels;
import java.util.List;

/**
 * Models to measure: files, or shapes filled with random weights.
 *
 * @param model as it was asked for
 */
record BenchModels(String model, ModelOptions options, Progress progress) {
  private static final String SHAPE = "shape:";

  /** Stands in where a model's positions end too early. */
  private static final String LONG_SHAPE = "smollm2-135m";

  /** The model itself. */
  Model open() {
    return shape()
        ? RandomModels.open(shapeName(), options.device())
        : options.open(model, progress);
  }

  private boolean shape() {
    return model.startsWith(SHAPE);
  }

  private String shapeName() {
    return model.substring(SHAPE.length());
  }

  /**
   * The model, or one that takes so many tokens.
   *
   * @param oneBlock whether one block is enough of a random one
   */
  Model reaching(int tokens, boolean oneBlock) {
    if (!shape()) {
      Model opened = open();
      if (opened.spec().maxPositions() >= tokens) {
        return opened;
      }
      opened.close();
    }
    boolean reaches = shape() && RandomModels.spec(shapeName()).maxPositions() >= tokens;
    String name = reaches ? shapeName() : LONG_SHAPE;
    ModelSpec spec = RandomModels.spec(name);
    return RandomModels.open(
        name, oneBlock ? spec.withLayers(List.of(spec.layer(0))) : spec, options.device());
  }
}
