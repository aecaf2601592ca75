package dev.headlight.app.cli;

import dev.headlight.samples.Sample;
import dev.headlight.samples.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The models that come with Headlight. */
@Command(
    name = "samples",
    mixinStandardHelpOptions = true,
    description = "List the models that come with Headlight.")
final class SamplesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  SamplesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Map<String, String>> samples =
        Samples.names().stream().map(SamplesCommand::entry).toList();
    if (json) {
      terminal.json(Map.of("samples", samples));
    } else {
      samples.forEach(
          s -> terminal.out().printf("%-24s %s%n", s.get("model"), s.get("description")));
    }
    return ExitCodes.DONE;
  }

  private static Map<String, String> entry(String name) {
    Sample sample = Samples.describe(name);
    Map<String, String> entry = new LinkedHashMap<>();
    entry.put("name", sample.name());
    entry.put("model", SampleModels.argument(name));
    entry.put("title", sample.title());
    entry.put("description", sample.sentence());
    entry.put("prompt", sample.prompt());
    return entry;
  }
}
