package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.scores.RepeatedIds;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.engine.PromptSets;
import dev.headlight.app.prompts.PromptLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The sequences that scores are measured on: given ones, or random ids that repeat, or none. */
final class ScoreInput {
  /** Where the sequences come from. */
  static final class Source extends GivenInput {
    @Option(
        names = "--prompts-file",
        paramLabel = "FILE",
        description = "A text file with one prompt a line; scores are averaged over them.")
    private Path promptsFile;

    @Option(
        names = "--library",
        description = "The prompts that are kept and those that come with Headlight.")
    private boolean library;

    @Option(
        names = "--random",
        paramLabel = "S",
        description =
            "S different random ids, repeated; a beginning-of-sequence id in front where the"
                + " tokenizer puts one.")
    private Integer random;
  }

  @ArgGroup(multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--period",
      paramLabel = "S",
      description =
          "After how many ids, a first beginning-of-sequence id apart, the given sequences repeat.")
  private Integer period;

  @Option(
      names = "--repeats",
      paramLabel = "R",
      defaultValue = "2",
      description = "How often the random ids stand in a row; default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "4",
      description = "Number of random sequences; default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin text with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  /**
   * What was asked for.
   *
   * @param prompts with their pictures; null for none
   * @param period after how many ids they repeat; empty where that is not known
   * @param params how they were made, for tables
   * @param seed of random ids, else null
   */
  record Sequences(RunRequest prompts, OptionalInt period, String params, Long seed) {
    /** Token ids. */
    List<int[]> ids() {
      return prompts == null ? List.of() : prompts.sequences();
    }
  }

  /** Whether there are sequences; without, only scores that have their own can be measured. */
  boolean given(PictureOptions pictures) {
    return source != null || pictures.given();
  }

  /** Whether scores of a repetition can be measured. */
  boolean repeating() {
    return source != null && (period != null || source.random != null);
  }

  Sequences read(Model model, PictureOptions pictures, long seed, Terminal terminal) {
    check();
    boolean several =
        source != null && (source.random != null || source.promptsFile != null || source.library);
    if (several && pictures.given()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--image: a picture stands in one prompt; give it with --prompt, --prompt-file, --tokens"
              + " or --tokens-file.");
    }
    if (several && source.random != null) {
      return drawn(model, seed);
    }
    OptionalInt known = period == null ? OptionalInt.empty() : OptionalInt.of(period);
    String params = period == null ? "" : "S=" + period;
    RunRequest prompts =
        several
            ? RunRequest.ofSequences(many(model))
            : pictures.read(source, bos(), model, terminal).request();
    return new Sequences(prompts, known, params, null);
  }

  private void check() {
    Integer random = source == null ? null : source.random;
    atLeast("--random", random, 2);
    atLeast("--period", period, 2);
    atLeast("--repeats", repeats, 2);
    atLeast("--batch", batch, 1);
    if (random != null && period != null) {
      throw new HeadlightException(
          Kind.INPUT, "--period: random ids repeat after --random; leave it out.");
    }
  }

  private static void atLeast(String option, Integer value, int least) {
    if (value != null && value < least) {
      throw new HeadlightException(
          Kind.INPUT, "%s: expected %d or more, found %d.".formatted(option, least, value));
    }
  }

  private Sequences drawn(Model model, long seed) {
    RepeatedIds ids = RepeatedIds.draw(model, source.random, repeats, batch, new Random(seed));
    if (ids.period() < source.random) {
      throw new HeadlightException(
          Kind.INPUT,
          "--random: %d ids, %d times, do not fit: %s has %d positions and at most %d different ids fit; give a smaller number."
              .formatted(
                  source.random, repeats, model.name(), model.spec().maxPositions(), ids.period()));
    }
    String params = "b=%d S=%d R=%d batch=%d".formatted(ids.front(), ids.period(), repeats, batch);
    return new Sequences(
        RunRequest.ofSequences(ids.sequences()), OptionalInt.of(ids.period()), params, seed);
  }

  private List<int[]> many(Model model) {
    Prompts prompts =
        source.library
            ? PromptSets.library(model, PromptLibrary.ofUser())
            : PromptSets.file(model, source.promptsFile, bos());
    return prompts.sequences();
  }

  private Bos bos() {
    return GivenInput.bos(bos);
  }
}
