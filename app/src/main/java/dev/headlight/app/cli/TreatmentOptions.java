package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Substitutes;
import dev.headlight.app.ablation.OtherPrompts;
import dev.headlight.app.engine.PromptSource;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What is done to heads that are taken away. */
final class TreatmentOptions {
  /** What a mean is over. */
  enum MeanOver {
    /** Position by position where all sequences have one length. */
    POSITION,
    /** All positions. */
    ALL
  }

  @Option(
      names = "--mode",
      paramLabel = "HOW",
      defaultValue = "zero",
      description =
          "What becomes of a head: zero, mean, resample, uniform or scale; default:"
              + " ${DEFAULT-VALUE}.")
  private Treatment.Mode mode;

  @Option(
      names = "--factor",
      paramLabel = "X",
      description = "With --mode scale: what the head's output is multiplied by.")
  private Double factor;

  @Option(
      names = "--positions",
      paramLabel = "WHERE",
      defaultValue = "all",
      converter = Converters.At.class,
      description =
          "Where: all, 7, 3-7, -1 (the last), 0--1 (the prompt alone), -1.. (from the last prompt"
              + " token on, while writing); default: ${DEFAULT-VALUE}.")
  private Positions positions;

  @Option(
      names = "--mean-over",
      paramLabel = "WHAT",
      defaultValue = "position",
      description =
          "With --mode mean: position (by position, where all sequences have one length) or all;"
              + " default: ${DEFAULT-VALUE}.")
  private MeanOver meanOver;

  @Option(
      names = "--mean-file",
      paramLabel = "FILE",
      description =
          "With --mode mean or resample: take heads' outputs from these sequences, a tokens file,"
              + " instead of the given ones.")
  private Path meanFile;

  @Option(
      names = "--mean-prompts",
      paramLabel = "FILE",
      description =
          "The same from a text file, one prompt a line, or from the prompts that are kept:"
              + " library. Resampling cuts them to the length of the first sequence.")
  private String meanPrompts;

  /** Checks what does not need a model. */
  void check() {
    if ((mode == Treatment.Mode.SCALE) != (factor != null)) {
      throw new HeadlightException(
          Kind.INPUT, "--factor belongs to --mode scale, and only to it; give both or none.");
    }
    boolean others = mode == Treatment.Mode.MEAN || mode == Treatment.Mode.RESAMPLE;
    boolean given = meanFile != null || meanPrompts != null;
    if (given && !others) {
      throw new HeadlightException(
          Kind.INPUT,
          "--mean-file and --mean-prompts: --mode %s takes nothing from other sequences."
              .formatted(mode));
    }
    if (meanFile != null && meanPrompts != null) {
      throw new HeadlightException(
          Kind.INPUT, "--mean-file and --mean-prompts say the same; give one of them.");
    }
  }

  Treatment read(Model model, List<int[]> sequences) {
    Substitutes substitutes = new Substitutes(others(model, sequences), meanOver == MeanOver.ALL);
    return new Treatment(mode, factor == null ? 1 : factor, positions, substitutes);
  }

  private List<int[]> others(Model model, List<int[]> sequences) {
    if (meanPrompts == null) {
      return meanFile == null ? List.of() : TokensFile.read(meanFile);
    }
    PromptSource source =
        meanPrompts.equals("library")
            ? PromptSource.LIBRARY
            : new PromptSource(PromptSource.Kind.FILE, meanPrompts);
    return OtherPrompts.read(model, source, mode, sequences.get(0).length);
  }
}
