package dev.headlight.app.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a model comes from.
 *
 * @param reference how the command line names it: a path or {@code sample:NAME}
 * @param location finds its files; may take a moment, and throws when there are none
 * @param prompt a text that shows what its heads do, where one is known
 */
public record ModelSource(String reference, Supplier<Path> location, Optional<String> prompt) {
  /** A folder of the user's. */
  public static ModelSource of(Path folder) {
    return new ModelSource(folder.toString(), () -> folder, Optional.empty());
  }
}
