package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.nio.file.Path;
import java.util.List;

/** The models that come with Headlight, as the command line names them. */
@SuppressWarnings("DoNotCallSuggester")
final class SampleModels {
  /** What a MODEL argument begins with to name a sample. */
  static final String PREFIX = "sample:";

  private SampleModels() {}

  static String first() {
    return PREFIX + names().get(0);
  }

  static List<String> names() {
    return List.of("induction-2l");
  }

  static String description(String name) {
    return name;
  }

  static Path folder(String name) {
    throw new HeadlightException(
        Kind.MODEL, PREFIX + name + ": there is no such sample; headlight samples lists them.");
  }
}
