package dev.headlight.app.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Pictures given to a command that shows none, so that it can say where they belong. */
final class NoPictures {
  @Option(
      names = {"--image", "--pixels"},
      paramLabel = "FILE",
      hidden = true)
  private List<Path> files = List.of();

  /** Whether there is a picture. */
  boolean given() {
    return !files.isEmpty();
  }
}
