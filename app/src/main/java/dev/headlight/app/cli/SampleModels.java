package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.samples.Samples;
import java.nio.file.Path;
import java.util.List;

/** The models that come with Headlight, as the command line names them. */
final class SampleModels {
  /** What a MODEL argument begins with to name a sample. */
  static final String PREFIX = "sample:";

  private SampleModels() {}

  static String first() {
    return PREFIX + names().get(0);
  }

  static List<String> names() {
    return Samples.names();
  }

  static String description(String name) {
    return Samples.describe(name).sentence();
  }

  static Path folder(String name) {
    if (!names().contains(name)) {
      throw new HeadlightException(
          Kind.MODEL, PREFIX + name + ": there is no such sample; headlight samples lists them.");
    }
    return Samples.folder(name);
  }
}
