package dev.headlight.app.cli;

import dev.headlight.analysis.text.Bos;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Sequences that are given as ids or as one text; commands add other sources to these. */
abstract class GivenInput {
  @Option(
      names = "--tokens-file",
      paramLabel = "FILE",
      description = "JSON: {\"sequences\": [[ids], …]}, taken as they are.")
  private Path tokensFile;

  @Option(
      names = "--tokens",
      paramLabel = "1,2,3",
      split = ",",
      description = "Token ids, taken as they are.")
  private List<Integer> tokens;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "Text for the tokenizer.")
  private String prompt;

  @Option(names = "--prompt-file", paramLabel = "FILE", description = "A text file, UTF-8.")
  private Path promptFile;

  /** Whether the sequences are given as ids. */
  boolean hasIds() {
    return tokensFile != null || tokens != null;
  }

  /** The ids that were given. */
  List<int[]> ids() {
    return tokensFile != null
        ? TokensFile.read(tokensFile)
        : List.of(tokens.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Types of the tokens, where a tokens file gives them. */
  List<int[]> types() {
    return tokensFile == null ? List.of() : TokensFile.types(tokensFile);
  }

  /** The text that was given, if one was. */
  Optional<String> text() {
    if (prompt != null) {
      return Optional.of(prompt);
    }
    return Optional.ofNullable(promptFile).map(InputFiles::text);
  }

  /** What {@code --[no-]bos} means; null where it is not said. */
  static Bos bos(Boolean said) {
    return said == null ? Bos.DEFAULT : said ? Bos.ON : Bos.OFF;
  }
}
