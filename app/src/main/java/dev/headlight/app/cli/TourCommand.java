package dev.headlight.app.cli;

import dev.headlight.analysis.model.Model;
import dev.headlight.app.report.Tour;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole job on one model, without a window. */
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    description = "Find, draw and switch off notable heads; write a self-contained report.html.")
final class TourCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "Model folder, file, sample:NAME or sample:NAME@STEP; default: the first sample.")
  private String model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "headlight-tour",
      description = "Output folder; default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description =
          "Text to draw maps of; default: the sample's own, else random tokens twice in a row.")
  private String prompt;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  TourCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String name = model != null ? model : SampleModels.first();
    try (Model opened = options.open(name, terminal.progress().part(0, 0.2))) {
      if (prompt != null) {
        InputOptions.required(opened.tokenizer());
      }
      Tour tour = new Tour(opened, command(name), text(name, opened), options.seed());
      Path report =
          OutputFolder.filled(
                  out, folder -> List.of(tour.write(folder, terminal.progress().part(0.2, 1))))
              .get(0);
      if (json) {
        terminal.json(Map.of("report", report.toString()));
      } else {
        terminal.out().println(report);
      }
    }
    return ExitCodes.DONE;
  }

  /** A sample brings a text that shows what its heads do; a tour shows no picture. */
  private Optional<String> text(String name, Model opened) {
    return prompt != null
        ? Optional.of(prompt)
        : SampleModels.named(name)
            .filter(v -> opened.spec().vision().isEmpty())
            .map(v -> v.sample().prompt());
  }

  private String command(String name) {
    String text = prompt == null ? "" : " --prompt " + quoted(prompt);
    return "headlight tour " + quoted(name) + text + " --seed " + options.seed();
  }

  /** An argument as a shell takes it. */
  private static String quoted(String argument) {
    return argument.matches("[\\w./:@+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }
}
