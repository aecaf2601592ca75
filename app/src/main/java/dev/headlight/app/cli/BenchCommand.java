package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.RandomModels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures this machine and what Headlight makes of it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure passes against the rate of matrix products, painting, and the start.")
final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum What {
    CAPTURE,
    PAINT,
    START
  }

  private static final String SHAPE = "shape:";

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME, or shape:gpt2-small (random weights).")
  private String model;

  @Option(
      names = "--what",
      paramLabel = "WHAT",
      split = ",",
      defaultValue = "capture",
      description = "capture, paint, start; default: ${DEFAULT-VALUE}.")
  private List<What> what;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      split = ",",
      description = "Prompt lengths of capture; default: 128,512, as far as the model goes.")
  private List<Integer> tokens;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (model == null && (what.contains(What.CAPTURE) || what.contains(What.START))) {
      throw new HeadlightException(
          Kind.INPUT, "bench needs a MODEL for capture and start, such as shape:gpt2-small.");
    }
    options.prepare();
    List<BenchRow> rows = new ArrayList<>();
    Optional<Double> rate = Optional.empty();
    if (what.contains(What.START)) {
      rows.addAll(StartBench.run(() -> open(), terminal.progress()));
    }
    if (what.contains(What.CAPTURE)) {
      try (Model opened = open()) {
        CaptureBench bench = new CaptureBench(opened, options.seed());
        rows.addAll(bench.run(Optional.ofNullable(tokens), terminal.progress()));
        rate = Optional.of(bench.rate());
      }
    }
    if (what.contains(What.PAINT)) {
      rows.addAll(BenchRow.paint());
    }
    tell(rate, rows);
    return ExitCodes.DONE;
  }

  private Model open() {
    return model.startsWith(SHAPE)
        ? RandomModels.open(model.substring(SHAPE.length()), options.device())
        : options.open(model, terminal.progress());
  }

  private void tell(Optional<Double> rate, List<BenchRow> rows) {
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("matmulGflops", rate.orElse(null));
      document.put("rows", rows.stream().map(BenchRow::document).toList());
      terminal.json(document);
      return;
    }
    rate.ifPresent(
        r ->
            terminal
                .out()
                .printf(
                    "matrix products, 1024 × 1024 fp32: %.0f GFLOP/s, measured before and after each pass%n%n",
                    r));
    terminal.out().println(BenchRow.HEADER);
    rows.forEach(row -> terminal.out().println(row.line()));
  }
}
