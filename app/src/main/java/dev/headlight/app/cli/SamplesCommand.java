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
    List<Sample> samples = Samples.names().stream().map(Samples::describe).toList();
    if (json) {
      terminal.json(Map.of("samples", samples.stream().map(SamplesCommand::entry).toList()));
    } else {
      samples.forEach(this::print);
    }
    return ExitCodes.DONE;
  }

  private void print(Sample sample) {
    terminal.out().printf("%-24s %s%n", SampleModels.argument(sample.name()), sample.sentence());
    if (!sample.checkpoints().isEmpty()) {
      terminal
          .out()
          .printf("%-24s during its training: %s%n", "", String.join(" ", checkpoints(sample)));
    }
  }

  /** The MODEL arguments of the checkpoints. */
  private static List<String> checkpoints(Sample sample) {
    return sample.checkpoints().stream()
        .map(step -> SampleModels.argument(sample.name() + "@" + step))
        .toList();
  }

  private static Map<String, Object> entry(Sample sample) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", sample.name());
    entry.put("model", SampleModels.argument(sample.name()));
    entry.put("title", sample.title());
    entry.put("description", sample.sentence());
    entry.put("prompt", sample.prompt());
    entry.put("checkpoints", checkpoints(sample));
    return entry;
  }
}
