package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.model.Engines;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.parity.ParityCheck;
import dev.headlight.analysis.parity.ParityReport;
import dev.headlight.app.report.ModelCard;
import dev.headlight.app.report.ParityWords;
import dev.headlight.app.settings.UserFolders;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What a model is, from its config and the headers of its weights; where it would compute, and how
 * near it comes to its reference values where there are some.
 */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Say what a model is, where it would compute, and its parity with a reference.")
final class InfoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
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
      facts.put("residency", options.plan(checkpoint).text());
      ParityReport parity = parity(checkpoint);
      if (json) {
        facts.put("parity", ParityWords.facts(parity));
        terminal.json(facts);
      } else {
        facts.forEach((key, value) -> line(ModelCard.label(key), ModelCard.text(value)));
        line("parity", ParityWords.sentence(parity));
      }
    }
    return ExitCodes.DONE;
  }

  private void line(String name, String value) {
    terminal.out().printf("%-20s %s%n", name, value);
  }

  /** Only with a reference is the model opened at all. */
  private ParityReport parity(Checkpoint checkpoint) {
    Optional<Path> reference =
        ParityCheck.find(checkpoint, UserFolders.references(), terminal.progress());
    if (reference.isEmpty()) {
      return ParityReport.none();
    }
    try (Model opened = options.open(model, terminal.progress().part(0, 0.5))) {
      return ParityCheck.run(opened, reference, terminal.progress().part(0.5, 1));
    } catch (HeadlightException e) {
      return ParityReport.unreadable(reference, e.getMessage());
    }
  }
}
