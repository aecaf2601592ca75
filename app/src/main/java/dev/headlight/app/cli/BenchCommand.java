package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.RandomModels;
import dev.headlight.app.bench.Bed;
import dev.headlight.app.bench.BenchRow;
import dev.headlight.app.bench.CaptureBench;
import dev.headlight.app.bench.CircuitBench;
import dev.headlight.app.bench.DecodeBench;
import dev.headlight.app.bench.DrawingBench;
import dev.headlight.app.bench.LongBench;
import dev.headlight.app.bench.OwnProcess;
import dev.headlight.app.bench.SelectBench;
import dev.headlight.app.bench.SessionBench;
import dev.headlight.app.bench.StartBench;
import dev.headlight.app.bench.StreamedBench;
import dev.headlight.app.bench.SweepBench;
import dev.headlight.app.bench.TileBench;
import dev.headlight.app.bench.VisualBench;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures this machine and what Headlight makes of it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measure passes, sweeps and writing against what was predicted; painting; the start.")
final class BenchCommand implements Callable<Integer> {
  /** What can be measured. */
  enum What {
    CAPTURE,
    SWEEP,
    PATCH,
    CIRCUIT,
    TILE,
    LONG,
    DECODE,
    SELECT,
    PAINT,
    SESSION,
    VISUAL,
    START,
    STREAMED
  }

  /** What is measured on the model as it was asked for. */
  private static final Set<What> ON_MODEL =
      EnumSet.of(What.CAPTURE, What.SWEEP, What.PATCH, What.CIRCUIT, What.DECODE);

  private static final Set<What> WITHOUT_MODEL = EnumSet.of(What.PAINT, What.SESSION, What.VISUAL);

  private final Terminal terminal;
  private final List<BenchRow> rows = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "Model folder, file, sample:NAME, or shape:gpt2-small, shape:smollm2-135m (random"
              + " weights).")
  private String model;

  @Option(
      names = "--what",
      paramLabel = "WHAT",
      split = ",",
      defaultValue = "capture",
      description =
          "capture, sweep, patch, circuit, tile, select, long, decode, paint, visual, session (writes 1 GB),"
              + " start, streamed (writes a model of 3 GB);"
              + " default: ${DEFAULT-VALUE}.")
  private List<What> what;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      split = ",",
      description = "Prompt lengths of capture; default: 128,512, as far as the model goes.")
  private List<Integer> tokens;

  @Option(
      names = "--long-tokens",
      paramLabel = "N",
      defaultValue = "8192",
      description =
          "Prompt length of tile and long, and of select up to 4096; a model that does not go so far gives way to"
              + " shape:smollm2-135m; default: ${DEFAULT-VALUE}.")
  private int longTokens;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(names = "--markdown", description = "A table in Markdown.")
  private boolean markdown;

  @Mixin private ModelOptions options;

  BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    options.prepare();
    if (what.contains(What.START)) {
      rows.addAll(StartBench.run(models()::open, terminal.progress()));
    }
    if (what.contains(What.LONG)) {
      measureLong();
    }
    if (what.stream().anyMatch(ON_MODEL::contains)) {
      on(models().open(), this::measureModel);
    }
    if (what.contains(What.TILE)) {
      on(models().reaching(longTokens, true), bed -> rows.add(TileBench.run(bed, longTokens)));
    }
    if (what.contains(What.SELECT)) {
      int length = Math.min(longTokens, SelectBench.TOKENS);
      on(models().reaching(length, true), bed -> rows.add(SelectBench.run(bed, length)));
    }
    if (what.contains(What.PAINT)) {
      rows.addAll(DrawingBench.run());
    }
    if (what.contains(What.VISUAL)) {
      on(RandomModels.seeing(options.device()), bed -> rows.addAll(VisualBench.run(bed)));
    }
    if (what.contains(What.SESSION)) {
      rows.add(SessionBench.run());
    }
    if (what.contains(What.STREAMED)) {
      rows.addAll(StreamedBench.run(options.device(), options.seed(), terminal.progress()));
    }
    tell();
    return ExitCodes.DONE;
  }

  private void check() {
    if (model == null && !WITHOUT_MODEL.containsAll(what)) {
      throw new HeadlightException(
          Kind.INPUT,
          "bench needs a MODEL for all but paint, visual and session, such as shape:gpt2-small.");
    }
    if (longTokens < 1) {
      throw new HeadlightException(
          Kind.INPUT, "--long-tokens: expected 1 or more, found " + longTokens + ".");
    }
  }

  private BenchModels models() {
    return new BenchModels(model, options, terminal.progress());
  }

  private void on(Model opened, Consumer<Bed> work) {
    try (opened) {
      Bed bed = new Bed(opened, options.seed(), terminal.progress());
      work.accept(bed);
      rates.addAll(bed.rates());
    }
  }

  private void measureModel(Bed bed) {
    if (what.contains(What.CAPTURE)) {
      rows.addAll(new CaptureBench(bed).run(Optional.ofNullable(tokens)));
    }
    if (what.contains(What.SWEEP)) {
      rows.addAll(new SweepBench(bed).heads());
    }
    if (what.contains(What.PATCH)) {
      rows.addAll(new SweepBench(bed).patches());
    }
    if (what.contains(What.CIRCUIT)) {
      rows.addAll(CircuitBench.run(bed));
    }
    if (what.contains(What.DECODE)) {
      rows.addAll(DecodeBench.run(bed));
    }
  }

  /** Here when there is nothing else to do, so that the memory of other work is not mistaken. */
  private void measureLong() {
    if (what.size() == 1) {
      on(models().reaching(longTokens, false), bed -> rows.add(LongBench.run(bed, longTokens)));
      return;
    }
    List<String> line = new ArrayList<>(List.of("bench", model, "--what", "long", "--json"));
    line.addAll(List.of("--long-tokens", Integer.toString(longTokens)));
    line.addAll(options.arguments());
    rows.addAll(OwnProcess.run(line, terminal.progress()));
  }

  private void tell() {
    Optional<Double> rate =
        rates.isEmpty()
            ? Optional.empty()
            : Optional.of(rates.stream().mapToDouble(r -> r).average().orElseThrow());
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
                    "matrix products, 1024 × 1024 fp32: %.0f GFLOP/s, measured before and after each row%n%n",
                    r));
    terminal.out().println(markdown ? BenchRow.MARKDOWN_HEADER : BenchRow.HEADER);
    rows.forEach(row -> terminal.out().println(markdown ? row.markdown() : row.line()));
  }
}
