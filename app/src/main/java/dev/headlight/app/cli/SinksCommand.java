package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.io.Provenance;
import dev.headlight.analysis.io.SinkTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Intervention;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.EntropyTable;
import dev.headlight.analysis.sinks.HeadEffects;
import dev.headlight.analysis.sinks.SinkAnalysis;
import dev.headlight.analysis.sinks.SinkRequest;
import dev.headlight.analysis.sinks.SinkStatistics;
import dev.headlight.analysis.sinks.TokenConcentration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where attention rests: rates, later sinks, norms and massive activations. */
@Command(
    name = "sinks",
    mixinStandardHelpOptions = true,
    description = "Measure where attention rests: the first token, later sinks, what is inside.")
final class SinksCommand implements Callable<Integer> {
  private static final int DRAWS = 3;

  private final Terminal terminal;

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @Mixin private SinkInput input;
  @Mixin private PictureOptions pictures;
  @Spec private CommandSpec spec;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      defaultValue = "0.3",
      description = "Mean attention above which a token is a sink; default: ${DEFAULT-VALUE}.")
  private double epsilon;

  @Option(
      names = "--later",
      paramLabel = "E",
      description = "The same for tokens from 1 on, ACT's θ; default: as --epsilon.")
  private Double later;

  @Option(
      names = "--key",
      paramLabel = "K",
      defaultValue = "0",
      description = "Which of the first tokens the rate is of; default: ${DEFAULT-VALUE}.")
  private int key;

  @Option(
      names = "--intervene",
      paramLabel = "TEXT",
      converter = Converters.Interventions.class,
      description = "A change to every pass, such as column:L*H*/0=0.5; repeatable.")
  private List<Intervention> interventions = List.of();

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the heads as a table.")
  private Path csv;

  @Option(
      names = "--tokens-csv",
      paramLabel = "FILE",
      description = "Write how much attention each token of each sequence gets.")
  private Path tokensCsv;

  @Option(
      names = "--concentration-csv",
      paramLabel = "FILE",
      description = "Write on how few tokens attention concentrates, by sequence.")
  private Path concentrationCsv;

  @Option(
      names = "--top",
      paramLabel = "K",
      split = ",",
      description = "Numbers of tokens for --concentration-csv; default: 1,2,4,8.")
  private List<Integer> top = List.of(1, 2, 4, 8);

  @Option(
      names = "--mask",
      description = "With --concentration-csv: also the loss with these tokens hidden.")
  private boolean mask;

  @Mixin private GammaOptions gammas;

  @Mixin private ModelOptions options;

  SinksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    check();
    try (Model opened = options.open(model, terminal.progress().part(0, 0.2))) {
      RunRequest prompts = input.read(opened, pictures, options.seed(), spec, terminal);
      double threshold = later == null ? epsilon : later;
      SinkRequest request =
          SinkRequest.of(prompts.sequences())
              .withPictures(prompts.pictures())
              .withLength(input.length())
              .withFirstKeys(key + 1)
              .withFloor(Math.min(SinkRequest.FLOOR, threshold))
              .withInterventions(interventions);
      SinkStatistics statistics =
          SinkAnalysis.measure(opened, request, terminal.progress().part(0.2, more() ? 0.6 : 1));
      write(opened, statistics);
      SinkReport report = new SinkReport(statistics, epsilon, threshold, key);
      Optional<HeadEffects> effects =
          gammas.sweep(opened, statistics, terminal.progress().part(0.6, 1));
      if (json) {
        Map<String, Object> document = report.document();
        effects.ifPresent(e -> document.put("zeroTuning", GammaOptions.document(e)));
        terminal.json(document);
      } else {
        report.print(terminal);
        effects.ifPresent(e -> GammaOptions.print(terminal, e));
      }
    }
    return ExitCodes.DONE;
  }

  /** Whether passes follow those that measure. */
  private boolean more() {
    return mask || gammas.asked();
  }

  private void check() {
    gammas.check();
    share("--epsilon", epsilon);
    share("--later", later);
    if (key < 0) {
      throw new HeadlightException(Kind.INPUT, "--key: expected 0 or more, found " + key + ".");
    }
    for (int count : top) {
      if (count < 1) {
        throw new HeadlightException(
            Kind.INPUT, "--top: expected numbers of 1 or more, found " + count + ".");
      }
    }
    if (mask && concentrationCsv == null) {
      throw new HeadlightException(
          Kind.INPUT, "--mask: its losses are a column of --concentration-csv; give that too.");
    }
  }

  private static void share(String option, Double value) {
    if (value != null && !(value > 0 && value < 1)) {
      throw new HeadlightException(
          Kind.INPUT, "%s: expected a number between 0 and 1, found %s.".formatted(option, value));
    }
  }

  private void write(Model opened, SinkStatistics statistics) {
    Provenance provenance =
        Provenance.of(
                opened.name(),
                opened.checkpoint().sha256(),
                statistics.request().sequences(),
                opened.device())
            .withInterventions(interventions.stream().map(Intervention::text).toList());
    if (csv != null) {
      SinkTables.heads(
          csv,
          provenance,
          statistics,
          statistics.rates(epsilon, 0, key),
          statistics.entropy(0, EntropyTable.Limits.STANDARD),
          input.drawn() ? options.seed() : null,
          input.params());
    }
    if (tokensCsv == null && concentrationCsv == null) {
      return;
    }
    List<TokenConcentration> all = TokenConcentration.of(statistics);
    if (tokensCsv != null) {
      SinkTables.tokens(
          tokensCsv,
          provenance,
          all,
          id -> opened.tokenizer().map(t -> t.label(id)).orElse(Integer.toString(id)));
    }
    if (concentrationCsv != null) {
      Map<Integer, List<TokenConcentration.Masked>> masked =
          mask ? masked(opened, statistics, all) : Map.of();
      SinkTables.concentration(concentrationCsv, provenance, all, top, masked);
    }
  }

  private Map<Integer, List<TokenConcentration.Masked>> masked(
      Model opened, SinkStatistics statistics, List<TokenConcentration> all) {
    Map<Integer, List<TokenConcentration.Masked>> masked = new LinkedHashMap<>();
    double count = all.size();
    for (int s = 0; s < count; s++) {
      TokenConcentration one = all.get(s);
      List<Integer> fitting = top.stream().filter(k -> k < one.tokens().length).toList();
      Progress part = terminal.progress().part(0.6 + 0.4 * s / count, 0.6 + 0.4 * (s + 1) / count);
      Random random = new Random(options.seed());
      List<Pixels> seen = statistics.request().picturesOf(one.sequence());
      masked.put(one.sequence(), one.masked(opened, seen, fitting, DRAWS, random, part));
    }
    return masked;
  }
}
