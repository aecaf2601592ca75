package dev.headlight.app.cli;

import dev.headlight.samples.Sample;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.Optional;

/** The models that come with Headlight, as the command line names them. */
final class SampleModels {
  /** What a MODEL argument begins with to name a sample. */
  private static final String PREFIX = "sample:";

  private SampleModels() {}

  /** The MODEL argument of the sample to open when nothing else is asked for. */
  static String first() {
    return argument(Samples.names().get(0));
  }

  static String argument(String name) {
    return PREFIX + name;
  }

  /** The sample that a MODEL argument names; empty if it is a path. */
  static Optional<Sample> named(String model) {
    return model.startsWith(PREFIX)
        ? Optional.of(Samples.describe(model.substring(PREFIX.length())))
        : Optional.empty();
  }

  static Path folder(Sample sample) {
    return Samples.folder(sample.name());
  }
}
