package dev.headlight.app.cli;

import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a model's tokenizer cuts a text. */
@Command(
    name = "tokens",
    mixinStandardHelpOptions = true,
    description = "Show the tokens of a text: ids, pieces, readable labels, offsets.")
final class TokensCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "MODEL", description = "Model folder, file or sample:NAME.")
  private String model;

  @ArgGroup(multiplicity = "1")
  private Text text;

  @ArgGroup private Specials specials;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ModelOptions options;

  TokensCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The text, given in one of two ways. */
  static final class Text {
    @Option(names = "--prompt", paramLabel = "TEXT", description = "The text.")
    private String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A text file, UTF-8.")
    private Path promptFile;
  }

  /** What is added to the text's own tokens. */
  static final class Specials {
    @Option(names = "--no-special", description = "Add no special tokens.")
    private boolean none;

    @Option(
        names = "--bos",
        negatable = true,
        description = "Begin with the BOS token, or not; default: as the tokenizer does.")
    private Boolean bos;
  }

  @Override
  public Integer call() {
    options.prepare();
    String content = text.prompt != null ? text.prompt : InputFiles.text(text.promptFile);
    try (Checkpoint checkpoint = options.checkpoint(model);
        TextTokenizer tokenizer = InputOptions.required(TextTokenizer.open(checkpoint))) {
      Tokens tokens = encode(tokenizer, content);
      if (json) {
        terminal.json(document(tokens));
      } else {
        print(tokens);
      }
    }
    return ExitCodes.DONE;
  }

  private Tokens encode(TextTokenizer tokenizer, String content) {
    if (specials == null) {
      return tokenizer.encode(content);
    }
    if (specials.none) {
      return tokenizer.encode(content, false);
    }
    return tokenizer.encode(content, specials.bos ? Bos.ON : Bos.OFF);
  }

  private static Map<String, Object> document(Tokens tokens) {
    List<int[]> offsets =
        IntStream.range(0, tokens.size())
            .mapToObj(i -> new int[] {tokens.start(i), tokens.end(i)})
            .toList();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ids", tokens.ids());
    document.put("pieces", tokens.pieces());
    document.put("labels", tokens.labels());
    document.put("offsets", offsets);
    return document;
  }

  private void print(Tokens tokens) {
    terminal.out().printf("%5s %8s  %-11s %s%n", "index", "id", "characters", "token");
    for (int i = 0; i < tokens.size(); i++) {
      String span = tokens.special(i) ? "" : tokens.start(i) + "–" + tokens.end(i);
      terminal.out().printf("%5d %8d  %-11s %s%n", i, tokens.id(i), span, tokens.label(i));
    }
  }
}
