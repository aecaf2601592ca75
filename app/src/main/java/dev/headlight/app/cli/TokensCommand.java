package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Parameters(
      paramLabel = "MODEL",
      description = "Model folder, file, sample:NAME or sample:NAME@STEP.")
  private String model;

  @ArgGroup(multiplicity = "1")
  private Text text;

  @ArgGroup private Specials specials;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  @Mixin private ChatOptions chatOptions;
  @Mixin private ModelOptions options;

  TokensCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The text, given in one of three ways. */
  static final class Text {
    @Option(names = "--prompt", paramLabel = "TEXT", description = "The text.")
    private String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A text file, UTF-8.")
    private Path promptFile;

    @Option(names = "--chat-file", paramLabel = "FILE", description = InputOptions.CHAT_FILE)
    private Path chatFile;
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
    try (Checkpoint checkpoint = options.checkpoint(model);
        TextTokenizer tokenizer = InputOptions.required(TextTokenizer.open(checkpoint))) {
      if (text.chatFile != null) {
        tell(tokenizer, chatOptions.ofFile(text.chatFile));
      } else {
        String content = text.prompt != null ? text.prompt : InputFiles.text(text.promptFile);
        Optional<Chat> chat = chatOptions.ofPrompt(content);
        if (chat.isPresent()) {
          tell(tokenizer, chat.get());
        } else {
          tell(encode(tokenizer, content), Map.of());
        }
      }
    }
    return ExitCodes.DONE;
  }

  private void tell(TextTokenizer tokenizer, Chat chat) {
    if (specials != null && specials.none) {
      throw new HeadlightException(
          Kind.INPUT, "--no-special: the chat template writes them; use --no-bos or leave it out.");
    }
    ChatPrompt prompt = tokenizer.encode(chat, bos());
    if (!json) {
      terminal.note(prompt.summary());
    }
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("text", prompt.tokens().text());
    more.put("roles", prompt.written().roles());
    more.put("added", prompt.added());
    more.put("ownSystem", prompt.written().ownSystem());
    tell(prompt.tokens(), more);
  }

  private void tell(Tokens tokens, Map<String, Object> more) {
    if (json) {
      Map<String, Object> document = document(tokens);
      document.putAll(more);
      terminal.json(document);
    } else {
      print(tokens);
    }
  }

  private Tokens encode(TextTokenizer tokenizer, String content) {
    return specials != null && specials.none
        ? tokenizer.encode(content, false)
        : tokenizer.encode(content, bos());
  }

  private Bos bos() {
    return specials == null ? Bos.DEFAULT : specials.bos ? Bos.ON : Bos.OFF;
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
