package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.retrieval.Episode;
import dev.headlight.analysis.retrieval.NeedleBuilder;
import dev.headlight.analysis.retrieval.NeedleGrid;
import dev.headlight.analysis.retrieval.NeedleSettings;
import dev.headlight.analysis.retrieval.ProbeFiles;
import dev.headlight.analysis.retrieval.ProbeTexts;
import dev.headlight.analysis.retrieval.RetrievalJob;
import dev.headlight.samples.SampleProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The episodes of a retrieval command: given ones, or those of a needle probe. */
final class RetrievalInput {
  @Option(
      names = "--episodes",
      paramLabel = "FILE",
      description =
          "JSON: {\"episodes\": [{\"tokens\": [ids], \"needle\": [start, end], \"answer\": \"text\""
              + " or [ids], \"maxNew\": N, \"stop\": [\".\"]}, …]}; without it a needle probe is made.")
  private Path episodes;

  @Option(
      names = "--haystack",
      paramLabel = "FILE",
      description =
          "The text in which needles are hidden; default: stories for the sample of stories,"
              + " else plain English of our own.")
  private Path haystack;

  @Option(
      names = "--needles",
      paramLabel = "FILE",
      description =
          "JSON: {\"needles\": [{\"needle\": …, \"question\": …, \"answer\": …, \"cue\": …}, …]};"
              + " default: three of our own, for the sample of stories three of its world.")
  private Path needles;

  @Option(
      names = "--plain-english",
      description = "Take plain English and its needles also for the sample of stories.")
  private boolean plainEnglish;

  @Option(
      names = "--lengths",
      paramLabel = "N",
      split = ",",
      description = "Tokens of the prompts; default: 256,512.")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--depths",
      paramLabel = "D",
      split = ",",
      description = "Where the needle stands, 0 to 1; default: 0.1,0.5,0.9.")
  private List<Double> depths = List.of();

  @Option(names = "--chat", description = "Ask through the model's chat template.")
  private boolean chat;

  @Option(names = "--system", paramLabel = "TEXT", description = "With --chat: an instruction.")
  private String system;

  @Option(
      names = "--span",
      paramLabel = "WHAT",
      defaultValue = "answer",
      description =
          "Which tokens count as the needle: answer, or the whole sentence; default:"
              + " ${DEFAULT-VALUE}.")
  private NeedleSettings.Span span;

  @Option(
      names = "--max-new",
      paramLabel = "N",
      description = "Tokens of an answer in a needle probe at most; default: 20.")
  private Integer maxNew;

  /**
   * What is asked.
   *
   * @param episodes to answer
   * @param grid they come from; empty for given ones
   */
  record Asked(List<Episode> episodes, Optional<NeedleGrid> grid) {}

  Asked read(Model model) {
    if (episodes != null) {
      refuseBoth();
      return new Asked(ProbeFiles.episodes(episodes), Optional.empty());
    }
    NeedleGrid grid = NeedleBuilder.build(model, settings(model));
    if (grid.episodes().isEmpty()) {
      throw new HeadlightException(Kind.INPUT, grid.problems().get(0).problem() + ".");
    }
    return new Asked(grid.episodes(), Optional.of(grid));
  }

  private void refuseBoth() {
    boolean probe =
        haystack != null || needles != null || chat || !lengths.isEmpty() || !depths.isEmpty();
    if (probe) {
      throw new HeadlightException(
          Kind.INPUT,
          "--episodes are taken as they are; leave out --haystack, --needles, --lengths, --depths"
              + " and --chat.");
    }
  }

  private NeedleSettings settings(Model model) {
    NeedleSettings standard =
        NeedleSettings.of(
            plainEnglish ? ProbeTexts.STANDARD : SampleProbe.INSTANCE.of(model),
            lengths.isEmpty() ? RetrievalJob.STANDARD.lengths() : lengths,
            depths.isEmpty() ? RetrievalJob.STANDARD.depths() : depths);
    return new NeedleSettings(
        haystack == null ? standard.haystack() : ProbeFiles.haystack(haystack),
        needles == null ? standard.needles() : ProbeFiles.needles(needles),
        standard.lengths(),
        standard.depths(),
        chat ? new NeedleSettings.Chatting(Optional.ofNullable(system)) : standard.form(),
        span,
        maxNew == null ? standard.maxNew() : maxNew);
  }
}
