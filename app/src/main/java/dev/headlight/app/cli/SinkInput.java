package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.SinkProbe;
import dev.headlight.analysis.sinks.SinkRates;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The sequences that sinks are measured on: given ones, texts, or ids without meaning. */
final class SinkInput {
  /** Where the sequences come from; one is needed. */
  static final class Source extends GivenInput {
    @Option(
        names = "--texts-file",
        paramLabel = "FILE",
        description = "A text file, UTF-8, each line with something in it a text of its own.")
    private Path textsFile;

    @Option(
        names = "--probe",
        paramLabel = "KIND",
        description = "random: ids drawn one by one; repeated: one id all along.")
    private SinkProbe probe;
  }

  @ArgGroup(multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--length",
      paramLabel = "T",
      description =
          "Cut each sequence to its first T ids and leave shorter ones out; default: whole"
              + " sequences, and 64 ids of a probe.")
  private Integer length;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "8",
      description = "Number of sequences of a probe; default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--bos",
      negatable = true,
      description =
          "Begin texts and probes with the BOS token, or not; default: texts as the tokenizer"
              + " does, probes without.")
  private Boolean bos;

  /** T; 0 for whole sequences. */
  int length() {
    if (length != null && length < 1) {
      throw new HeadlightException(
          Kind.INPUT, "--length: expected 1 or more, found " + length + ".");
    }
    return length != null ? length : drawn() ? SinkRates.LENGTH : 0;
  }

  /** Whether ids were drawn, so that a seed belongs to them. */
  boolean drawn() {
    return source != null && source.probe != null;
  }

  /** How the sequences were made, for tables. */
  String params() {
    String made = drawn() ? "probe=" + source.probe.name().toLowerCase(Locale.ROOT) : "";
    return length() == 0 ? made : (made + " T=" + length()).strip();
  }

  /**
   * The sequences with their pictures.
   *
   * @param command that is called wrongly when there are none
   */
  RunRequest read(
      Model model, PictureOptions pictures, long seed, CommandSpec command, Terminal terminal) {
    if (source == null && !pictures.given()) {
      throw new ParameterException(
          command.commandLine(),
          "Missing required argument (specify one of these): --prompt, --prompt-file, --tokens,"
              + " --tokens-file, --texts-file, --probe, or --image for a vision tower");
    }
    boolean several = source != null && (source.probe != null || source.textsFile != null);
    if (several && pictures.given()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--image: a picture stands in one prompt; give it with --prompt, --prompt-file, --tokens"
              + " or --tokens-file.");
    }
    return several
        ? RunRequest.ofSequences(several(model, seed))
        : pictures.read(source, GivenInput.bos(bos), model, terminal).request();
  }

  private List<int[]> several(Model model, long seed) {
    if (source.probe == SinkProbe.NATURAL) {
      throw new HeadlightException(
          Kind.INPUT, "--probe: text is given with --texts-file; expected random or repeated.");
    }
    if (source.probe != null) {
      return source.probe.draw(model, length(), count, Boolean.TRUE.equals(bos), new Random(seed));
    }
    return SinkProbe.texts(model, texts(), GivenInput.bos(bos));
  }

  private List<String> texts() {
    List<String> texts =
        InputFiles.text(source.textsFile).lines().filter(line -> !line.isBlank()).toList();
    if (texts.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, source.textsFile + ": no line has text; give one text a line.");
    }
    return texts;
  }
}
