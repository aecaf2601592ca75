package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.sinks.SinkProbe;
import dev.headlight.analysis.sinks.SinkRates;
import dev.headlight.analysis.text.Bos;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

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

  @ArgGroup(multiplicity = "1")
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
    return length != null ? length : source.probe != null ? SinkRates.LENGTH : 0;
  }

  /** Whether ids were drawn, so that a seed belongs to them. */
  boolean drawn() {
    return source.probe != null;
  }

  /** How the sequences were made, for tables. */
  String params() {
    String made = drawn() ? "probe=" + source.probe.name().toLowerCase(Locale.ROOT) : "";
    return length() == 0 ? made : (made + " T=" + length()).strip();
  }

  List<int[]> read(Model model, long seed) {
    if (source.probe == SinkProbe.NATURAL) {
      throw new HeadlightException(
          Kind.INPUT, "--probe: text is given with --texts-file; expected random or repeated.");
    }
    if (source.probe != null) {
      return source.probe.draw(model, length(), count, Boolean.TRUE.equals(bos), new Random(seed));
    }
    if (source.hasIds()) {
      return source.ids();
    }
    Bos front = GivenInput.bos(bos);
    return SinkProbe.texts(model, texts(), front);
  }

  private List<String> texts() {
    Optional<String> text = source.text();
    if (text.isPresent()) {
      return List.of(text.get());
    }
    List<String> texts =
        InputFiles.text(source.textsFile).lines().filter(line -> !line.isBlank()).toList();
    if (texts.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, source.textsFile + ": no line has text; give one text a line.");
    }
    return texts;
  }
}
