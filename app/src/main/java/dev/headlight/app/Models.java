package dev.headlight.app;

import dev.headlight.app.engine.ModelSource;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Models by the names that people write: a folder, or {@code sample:NAME}. */
final class Models {
  private static final String SAMPLE = "sample:";

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
    return reference.startsWith(SAMPLE)
        ? sample(reference.substring(SAMPLE.length()))
        : ModelSource.of(Path.of(reference).toAbsolutePath().normalize());
  }

  private static ModelSource sample(String name) {
    String prompt = Samples.describe(name).prompt();
    return new ModelSource(SAMPLE + name, () -> Samples.folder(name), Optional.of(prompt));
  }
}
