package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.ablation.Treatment;
import dev.headlight.analysis.run.Positions;
import dev.headlight.analysis.run.Substitutes;
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

  Treatment read() {
    if ((mode == Treatment.Mode.SCALE) != (factor != null)) {
      throw new HeadlightException(
          Kind.INPUT, "--factor belongs to --mode scale, and only to it; give both or none.");
    }
    boolean others = mode == Treatment.Mode.MEAN || mode == Treatment.Mode.RESAMPLE;
    if (meanFile != null && !others) {
      throw new HeadlightException(
          Kind.INPUT, "--mean-file: --mode %s takes nothing from other sequences.".formatted(mode));
    }
    List<int[]> from = meanFile == null ? List.of() : TokensFile.read(meanFile);
    Substitutes substitutes = new Substitutes(from, meanOver == MeanOver.ALL);
    return new Treatment(mode, factor == null ? 1 : factor, positions, substitutes);
  }
}
