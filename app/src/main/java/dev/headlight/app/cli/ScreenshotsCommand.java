package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pictures of every pane, without a display. */
@Command(
    name = "screenshots",
    mixinStandardHelpOptions = true,
    description = "Take pictures of every pane, light and dark, at two sizes; needs no display.")
final class ScreenshotsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder.")
  private Path out;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "Model folder, file, sample:NAME or sample:NAME@STEP; default: the first sample.")
  private String model;

  @Option(
      names = "--sizes",
      paramLabel = "WxH,…",
      split = ",",
      defaultValue = "1280x800,2560x1440",
      description = "Sizes of the window; default: ${DEFAULT-VALUE}.")
  private List<String> sizes;

  @Option(names = "--json", description = "List the written files as one JSON document.")
  private boolean json;

  @Option(names = "--in-this-process", hidden = true)
  private boolean here;

  ScreenshotsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    sizes.forEach(ScreenshotsCommand::check);
    String name = model != null ? model : SampleModels.first();
    if (here) {
      taker().take(name, sizes, out, terminal.progress());
      return ExitCodes.DONE;
    }
    List<Path> files =
        OutputFolder.filled(
            out,
            folder -> HeadlessProcess.run(arguments(name, folder), folder, terminal.progress()));
    if (json) {
      terminal.json(Map.of("files", files.stream().map(Path::toString).toList()));
    } else {
      files.forEach(terminal.out()::println);
    }
    return ExitCodes.DONE;
  }

  private static void check(String size) {
    if (!size.matches("[1-9]\\d{2,3}x[1-9]\\d{2,3}")) {
      throw new HeadlightException(
          Kind.INPUT, "--sizes: expected sizes such as 1280x800, found \"" + size + "\".");
    }
  }

  private List<String> arguments(String name, Path folder) {
    return List.of(
        "screenshots",
        "--in-this-process",
        "--out",
        folder.toAbsolutePath().toString(),
        "--model",
        name,
        "--sizes",
        String.join(",", sizes));
  }

  private static ScreenshotTaker taker() {
    return ServiceLoader.load(ScreenshotTaker.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody here takes screenshots"));
  }
}
