package dev.headlight.app.cli;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.model.Engines;
import dev.headlight.app.report.ModelCard;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a model is, from its config and the headers of its weights, and where it would compute. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Say what a model is: family, shape, size, hash; and where it would compute.")
final class InfoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  InfoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    options.prepare();
    try (Checkpoint checkpoint = options.checkpoint(model)) {
      Map<String, Object> facts = ModelCard.facts(checkpoint);
      facts.put("device", Engines.chosen(options.device()).toString());
      if (json) {
        terminal.json(facts);
      } else {
        facts.forEach(
            (key, value) ->
                terminal.out().printf("%-20s %s%n", ModelCard.label(key), ModelCard.text(value)));
      }
    }
    return ExitCodes.DONE;
  }
}
