package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.pairs.GeneratedPairs;
import dev.headlight.analysis.pairs.PairCsv;
import dev.headlight.analysis.pairs.PairGenerator;
import dev.headlight.analysis.pairs.PairKind;
import dev.headlight.analysis.pairs.PairReader;
import dev.headlight.analysis.pairs.PairRequest;
import dev.headlight.analysis.pairs.PromptPair;
import dev.headlight.analysis.pairs.ReadPair;
import dev.headlight.analysis.text.Bos;
import dev.headlight.app.pairs.PairVocabularies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The pairs of a command: drawn ones, or those of a file. */
final class PairInput {
  private static final int COUNT = 20;

  /** Where the pairs come from; one is needed. */
  static final class Source {
    @Option(
        names = "--kind",
        paramLabel = "KIND",
        converter = Kinds.class,
        description =
            "Draw pairs: ioi (indirect object), colours (coloured objects), repeats, key-value,"
                + " greater-than.")
    private PairKind kind;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description =
            "Read pairs: CSV with the columns clean,corrupt,answer,wrong and, if there are any,"
                + " roles (S1=15-19 …).")
    private Path file;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many pairs are drawn; default: " + COUNT + ".")
  private Integer count;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description =
          "With --kind ioi: abba (indirect object first), baba (subject first), mixed (half and"
              + " half); default: mixed.")
  private PairRequest.Order order;

  @Option(
      names = "--corruption",
      paramLabel = "WHAT",
      description =
          "With --kind ioi: abc (three other names) or s2 (the indirect object in place of the"
              + " second subject); default: abc.")
  private PairRequest.Corruption corruption;

  @Option(
      names = "--words",
      paramLabel = "WORDS",
      description =
          "What pairs are drawn from: english, world (what sample:world-6l knows), or auto, english"
              + " unless the tokenizer reads the other better; default: auto.")
  private String words;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin prompts with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  /**
   * What was read.
   *
   * @param drawn how, unless the pairs were given
   */
  record Asked(List<ReadPair> pairs, Optional<GeneratedPairs> drawn) {}

  /** {@code key-value}. */
  static final class Kinds implements ITypeConverter<PairKind> {
    @Override
    public PairKind convert(String text) {
      try {
        return PairKind.parse(text);
      } catch (HeadlightException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** How prompts begin. */
  Bos bos() {
    return GivenInput.bos(bos);
  }

  /** Refuses options that say nothing together. */
  void check() {
    if (source.kind == null && (count != null || words != null)) {
      throw new HeadlightException(
          Kind.INPUT,
          "--count and --words are for pairs that are drawn; leave them out with --file.");
    }
    if (source.kind != PairKind.IOI && (order != null || corruption != null)) {
      throw new HeadlightException(
          Kind.INPUT, "--order and --corruption say how names are placed; they need --kind ioi.");
    }
  }

  Asked read(PairReader reader, long seed) {
    if (source.file != null) {
      return new Asked(given(reader), Optional.empty());
    }
    PairRequest request =
        new PairRequest(
            source.kind,
            count == null ? COUNT : count,
            seed,
            order == null ? PairRequest.Order.MIXED : order,
            corruption == null ? PairRequest.Corruption.ABC : corruption);
    String from = words == null ? PairVocabularies.AUTO : words;
    GeneratedPairs drawn =
        PairGenerator.draw(request, PairVocabularies.named(from, reader), reader);
    return new Asked(drawn.pairs(), Optional.of(drawn));
  }

  private List<ReadPair> given(PairReader reader) {
    List<ReadPair> pairs = new ArrayList<>();
    for (PromptPair pair : PairCsv.read(source.file)) {
      try {
        pairs.add(reader.read(pair));
      } catch (HeadlightException e) {
        throw new HeadlightException(
            e.kind(),
            "%s: pair %d: %s.".formatted(source.file, pairs.size() + 1, e.getMessage()),
            e);
      }
    }
    return pairs;
  }
}
