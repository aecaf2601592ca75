package dev.headlight.app;

import dev.headlight.app.engine.ModelSource;
import java.nio.file.Path;
import java.util.List;

/** Models by the names that people write: a folder, or {@code sample:NAME}. */
final class Models {
  private static final String SAMPLE = "sample:";

  private Models() {}

  /** What opens when nothing was asked for. */
  static ModelSource first() {
    return samples().get(0);
  }

  static List<ModelSource> samples() {
    return List.of();
  }

  /** The model of a reference; whether it is sound is found out when it is opened. */
  static ModelSource resolve(String reference) {
    if (reference.startsWith(SAMPLE)) {
      throw new IllegalArgumentException(reference);
    }
    return ModelSource.of(Path.of(reference));
  }
}
