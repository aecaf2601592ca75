package dev.headlight.app.cli;

import dev.headlight.app.engine.ModelSource;
import dev.headlight.samples.SampleVersion;
import dev.headlight.samples.Samples;
import java.util.Optional;

/** The models that come with Headlight, as the command line names them. */
final class SampleModels {
  private SampleModels() {}

  /** The MODEL argument of the sample to open when nothing else is asked for. */
  static String first() {
    return argument(Samples.names().get(0));
  }

  static String argument(String name) {
    return ModelSource.SAMPLE + name;
  }

  /** The sample, or the checkpoint, that a MODEL argument names; empty if it is a path. */
  static Optional<SampleVersion> named(String model) {
    return model.startsWith(ModelSource.SAMPLE)
        ? Optional.of(SampleVersion.parse(model.substring(ModelSource.SAMPLE.length())))
        : Optional.empty();
  }
}
