package dev.headlight.app;

import dev.headlight.app.engine.ModelSource;
import dev.headlight.samples.SampleVersion;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.List;

/**
 * Models by the names that people write: a folder, {@code sample:NAME}, {@code sample:NAME@STEP}.
 */
final class Models {
  private Models() {}

  /** What opens when nothing was asked for. */
  static ModelSource first() {
    return sample(Samples.names().get(0));
  }

  static List<ModelSource> samples() {
    return Samples.names().stream().map(Models::sample).toList();
  }

  /**
   * The model of a reference; whether a folder is sound is found out when it is opened.
   *
   * @throws dev.headlight.analysis.HeadlightException when there is no such sample
   */
  static ModelSource resolve(String reference) {
    return reference.startsWith(ModelSource.SAMPLE)
        ? sample(reference.substring(ModelSource.SAMPLE.length()))
        : ModelSource.of(Path.of(reference).toAbsolutePath().normalize());
  }

  private static ModelSource sample(String name) {
    return ModelSource.of(SampleVersion.parse(name));
  }
}
