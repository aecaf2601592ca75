package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What the model reads: ids or text, by one of four options. */
final class InputOptions {
  /** The four, of which one is needed. */
  static final class Source {
    @Option(
        names = "--tokens",
        paramLabel = "1,2,3",
        split = ",",
        description = "Token ids, taken as they are.")
    private List<Integer> tokens;

    @Option(
        names = "--tokens-file",
        paramLabel = "FILE",
        description = "JSON: {\"sequences\": [[ids], …]}, taken as they are.")
    private Path tokensFile;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "Text for the tokenizer.")
    private String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A text file, UTF-8.")
    private Path promptFile;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin text with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  /**
   * The sequences to read.
   *
   * @param tokenizer empty if the model has none; then only ids work
   */
  List<Tokens> read(Optional<TextTokenizer> tokenizer) {
    if (source.tokens != null) {
      int[] ids = source.tokens.stream().mapToInt(Integer::intValue).toArray();
      return List.of(Tokens.ofIds(tokenizer.orElse(null), ids));
    }
    if (source.tokensFile != null) {
      return TokensFile.read(source.tokensFile).stream()
          .map(ids -> Tokens.ofIds(tokenizer.orElse(null), ids))
          .toList();
    }
    String text = source.prompt != null ? source.prompt : InputFiles.text(source.promptFile);
    return List.of(required(tokenizer).encode(text, bos()));
  }

  /** Types of the tokens, where a tokens file gives them. */
  List<int[]> types() {
    return source.tokensFile == null ? List.of() : TokensFile.types(source.tokensFile);
  }

  /** Whether the beginning-of-sequence token was asked for, or asked away. */
  private Bos bos() {
    return bos == null ? Bos.DEFAULT : bos ? Bos.ON : Bos.OFF;
  }

  static TextTokenizer required(Optional<TextTokenizer> tokenizer) {
    return tokenizer.orElseThrow(
        () ->
            new HeadlightException(
                Kind.MODEL,
                "the model has no tokenizer.json, so it cannot read text; give ids with --tokens or --tokens-file."));
  }
}
