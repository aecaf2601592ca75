package dev.headlight.app.engine;

import java.nio.file.Path;

/**
 * Where a model comes from.
 *
 * @param reference how the command line names it: a path or {@code sample:NAME}
 * @param folder its files
 */
public record ModelSource(String reference, Path folder) {
  /** A folder of the user's. */
  public static ModelSource of(Path folder) {
    return new ModelSource(folder.toString(), folder);
  }
}
