package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.AblationRequest;
import dev.headlight.analysis.ablation.AblationResult;
import dev.headlight.analysis.ablation.Curves;
import dev.headlight.analysis.ablation.Importance;
import dev.headlight.analysis.ablation.Interaction;
import dev.headlight.analysis.ablation.Offsets;
import dev.headlight.analysis.ablation.RankSensitivity;
import dev.headlight.analysis.ablation.Redundancy;
import dev.headlight.analysis.io.AblationTables;
import dev.headlight.analysis.job.Progress;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.HeadSet;
import dev.headlight.analysis.sweep.SweepListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** What {@code ablate} measures beside the effect of its targets. */
final class AblateMore {
  @Option(
      names = "--curve",
      paramLabel = "K",
      split = ",",
      description =
          "Curves of taking away K heads, best first, worst first and at random, by what"
              + " --sweep heads found.")
  private List<Integer> counts = List.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "3",
      description = "With --curve: random orders; default: ${DEFAULT-VALUE}.")
  private int draws;

  @Option(names = "--curve-csv", paramLabel = "FILE", description = "Write the curves.")
  private Path curveFile;

  @Option(
      names = "--pairs-of",
      paramLabel = "L1H2,…",
      converter = Converters.Heads.class,
      description = "Take each pair of these heads away and hold it against the sum of both.")
  private HeadSet pairs;

  @Option(
      names = "--importance",
      description =
          "Importance by gradient, by Michel et al. (per token) and as Hugging Face has it (per"
              + " batch), with their rank correlation with --sweep heads.")
  private boolean importance;

  @Option(
      names = "--by-layer",
      description = "With --importance: divide each layer by its L2 norm, as both codes can.")
  private boolean byLayer;

  @Option(
      names = "--redundancy",
      paramLabel = "FILE",
      description =
          "Write how alike the outputs of all heads are (cosine), in clustered order; beside it"
              + " FILE-patterns.csv for their attention (Jensen–Shannon divergence).")
  private Path redundancy;

  @Option(
      names = "--rank",
      paramLabel = "R",
      split = ",",
      description =
          "Keep the R strongest directions of the keys, then of the values, of each KV group.")
  private List<Integer> ranks = List.of();

  @Option(
      names = "--offset",
      paramLabel = "L1H2,…",
      converter = Converters.Heads.class,
      description =
          "Add α · (z of the sequence − z of another prompt) to each of these heads alone, at the"
              + " last position (after LoFiT).")
  private HeadSet offset;

  @Option(
      names = "--offset-from",
      paramLabel = "1,2;3,4",
      description = "With --offset: the other prompts as ids, one a sequence.")
  private String offsetFrom;

  @Option(
      names = "--offset-scales",
      paramLabel = "α,…",
      split = ",",
      description = "With --offset: the α that are tried; default: −2 to 4.")
  private List<Double> offsetScales = List.of();

  /** What was found; what was not asked for is empty. */
  record Found(
      Optional<Curves> curves,
      Optional<Interaction> interaction,
      Optional<Importance> importance,
      Optional<RankSensitivity> ranks,
      Optional<Offsets> offsets,
      List<Path> files) {}

  boolean any() {
    return !counts.isEmpty()
        || pairs != null
        || importance
        || redundancy != null
        || offset != null
        || !ranks.isEmpty();
  }

  /** Whether this can be measured without an ablation of targets. */
  boolean alone() {
    return any() && counts.isEmpty();
  }

  void check(TargetOptions targets, boolean pictures) {
    if (pictures && (redundancy != null || offset != null)) {
      throw new HeadlightException(
          Kind.INPUT, "--redundancy and --offset read texts alone; leave the picture out.");
    }
    if (!counts.isEmpty() && !targets.everyHead()) {
      throw new HeadlightException(
          Kind.INPUT, "--curve orders heads by what --sweep heads finds; give that too.");
    }
    if (draws < 0) {
      throw new HeadlightException(Kind.INPUT, "--draws: expected 0 or more, found " + draws + ".");
    }
    if (curveFile != null && counts.isEmpty()) {
      throw new HeadlightException(Kind.INPUT, "--curve-csv writes --curve; give that too.");
    }
    if ((offset == null) != (offsetFrom == null) || (offset == null && !offsetScales.isEmpty())) {
      throw new HeadlightException(
          Kind.INPUT,
          "--offset is the difference to other prompts; give --offset and --offset-from together.");
    }
    if (byLayer && !importance) {
      throw new HeadlightException(Kind.INPUT, "--by-layer belongs to --importance; give both.");
    }
  }

  /**
   * Measures what was asked for.
   *
   * @param request of the ablation, whose targets are not looked at
   * @param result of the ablation; empty where nothing was taken away
   */
  Found measure(
      Model model,
      AblationRequest request,
      Optional<AblationResult> result,
      long seed,
      Progress progress) {
    List<Path> files = new ArrayList<>();
    Optional<Curves> curves = Optional.empty();
    if (!counts.isEmpty()) {
      List<Long> seeds = LongStream.range(seed, seed + draws).boxed().toList();
      AblationResult singles = result.orElseThrow();
      curves =
          Optional.of(
              Curves.run(model, singles, counts, seeds, SweepListener.NONE, progress.part(0, 0.4)));
      if (curveFile != null) {
        AblationTables.curves(curveFile, curves.get());
        files.add(curveFile);
      }
    }
    Optional<Interaction> interaction =
        Optional.ofNullable(pairs)
            .map(
                h ->
                    Interaction.run(
                        model, request, h, SweepListener.NONE, progress.part(0.4, 0.6)));
    Optional<Importance> gradient = importance(model, request, progress.part(0.6, 0.7));
    if (redundancy != null) {
      files.addAll(redundancy(model, request, progress.part(0.7, 0.8)));
    }
    Optional<RankSensitivity> low =
        ranks.isEmpty()
            ? Optional.empty()
            : Optional.of(
                RankSensitivity.run(
                    model, request, ranks, SweepListener.NONE, progress.part(0.8, 0.9)));
    Optional<Offsets> offsets =
        Optional.ofNullable(offset).map(h -> offsets(model, request, progress.part(0.9, 1)));
    return new Found(curves, interaction, gradient, low, offsets, files);
  }

  private Offsets offsets(Model model, AblationRequest request, Progress progress) {
    List<Double> scales = offsetScales.isEmpty() ? Offsets.SCALES : offsetScales;
    List<int[]> others = SequencesText.parse("--offset-from", offsetFrom);
    return Offsets.run(model, request, others, offset, scales, progress);
  }

  private Optional<Importance> importance(Model model, AblationRequest request, Progress progress) {
    if (!importance) {
      return Optional.empty();
    }
    Importance measured = Importance.measure(model, request, progress);
    return Optional.of(byLayer ? measured.normalisedByLayer(model.spec().layers()) : measured);
  }

  private List<Path> redundancy(Model model, AblationRequest request, Progress progress) {
    Redundancy heads = Redundancy.measure(model, request.prompts(), Redundancy.LENGTH, progress);
    AblationTables.matrix(redundancy, heads, heads.cosine(), heads.orderByOutput());
    String name = redundancy.getFileName().toString().replaceFirst("\\.csv$", "");
    Path patterns = redundancy.resolveSibling(name + "-patterns.csv");
    AblationTables.matrix(patterns, heads, heads.divergence(), heads.orderByPattern());
    return List.of(redundancy, patterns);
  }
}
