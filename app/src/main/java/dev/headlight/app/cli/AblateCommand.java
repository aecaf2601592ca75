package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Ablation;
import dev.headlight.analysis.ablation.AblationMetric;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.Target;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.cost.CostEstimate;
import dev.headlight.analysis.io.AblationTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sweep.SweepListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a model loses without some of its heads. */
@Command(
    name = "ablate",
    mixinStandardHelpOptions = true,
    description = {
      "Take heads away, all together or one after the other, and say what the model loses.",
      "The change of the metric is ablated − baseline, mean over the sequences."
    })
final class AblateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @Mixin private AblateInput input;

  @Mixin private PictureOptions pictures;

  @Mixin private TargetOptions targets;

  @Mixin private TreatmentOptions treatment;

  @Option(
      names = "--metric",
      paramLabel = "WHAT",
      description =
          "kl, loss, logit-diff, logprob or accuracy; default: kl, and logit-diff where answers"
              + " are given.")
  private AblationMetric metric;

  @Mixin private AnswerOptions answers;

  @Mixin private AblateMore more;

  @Mixin private AblateWriting writing;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a table, a row a target and sequence.")
  private Path csv;

  @Mixin private ModelOptions options;

  AblateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    treatment.check();
    more.check(targets, pictures.given());
    writing.check(targets);
    try (Model opened = options.open(model, terminal.progress().part(0, 0.1))) {
      AblationRequest request = request(opened);
      Optional<AblationResult> result = ablate(opened, request);
      AblateMore.Found found =
          more.measure(opened, request, result, options.seed(), part(0.5, 0.8));
      writing.write(
          opened,
          request.sequences(),
          request.pictures(),
          writing.asked() ? targets.sets() : List.of(),
          request.treatment(),
          options.seed(),
          part(0.8, 1));
      if (csv != null && result.isPresent()) {
        AblationTables.runs(csv, opened.spec(), result.get());
      }
      tell(opened, request, result, found);
    }
    return ExitCodes.DONE;
  }

  private Progress part(double from, double to) {
    return terminal.progress().part(from, to);
  }

  private AblationRequest request(Model opened) {
    RunRequest prompts = input.read(opened, pictures, terminal);
    List<int[]> sequences = prompts.sequences();
    Treatment asked = treatment.read(opened, sequences);
    List<Target> named = targets.read(opened.spec());
    if (named.isEmpty() && !more.alone()) {
      throw new HeadlightException(
          Kind.INPUT,
          "nothing is taken away: give --heads or --sweep, or ask for --pairs-of, --importance,"
              + " --redundancy, --rank or --offset.");
    }
    var given = answers.read(opened, sequences.size(), terminal);
    AblationMetric read = metric;
    if (read == null) {
      boolean both = given.map(a -> a.wrong().isPresent()).orElse(false);
      read =
          both
              ? AblationMetric.LOGIT_DIFF
              : given.isPresent() ? AblationMetric.LOGPROB : AblationMetric.KL;
    }
    return new AblationRequest(
        sequences, input.types(), named, asked, read, given, prompts.pictures());
  }

  private Optional<AblationResult> ablate(Model opened, AblationRequest request) {
    if (request.targets().isEmpty()) {
      return Optional.empty();
    }
    Ablation ablation = new Ablation(opened, request);
    ablation
        .cost(terminal.progress().silent())
        .filter(CostEstimate::slow)
        .ifPresent(
            c -> terminal.note("this will take " + c.text() + " of memory above the weights"));
    double end = more.any() || writing.asked() ? 0.5 : 1;
    return Optional.of(ablation.run(SweepListener.NONE, part(0.1, end)));
  }

  private void tell(
      Model opened,
      AblationRequest request,
      Optional<AblationResult> result,
      AblateMore.Found found) {
    AblateReport report =
        new AblateReport(
            List.copyOf(HeadSet.parse("L*H*").resolve(opened.spec())), request, result, found);
    if (json) {
      Map<String, Object> document = report.document();
      if (writing.asked()) {
        document.put("generation", writing.document(opened));
      }
      terminal.json(document);
      report.tellNoEffect(terminal);
      return;
    }
    report.print(terminal);
    writing.print(opened, terminal);
    if (csv != null) {
      terminal.out().println(csv);
    }
    found.files().forEach(terminal.out()::println);
  }
}
