package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the model reads: ids, text or chat turns, by one of five options. */
final class InputOptions {
  static final String CHAT_FILE =
      "JSON: {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}, …]}, or a saved prompt.";

  /** The five, of which one is needed. */
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

    @Option(names = "--chat-file", paramLabel = "FILE", description = CHAT_FILE)
    private Path chatFile;
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @ArgGroup(multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin text with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  @Mixin private ChatOptions chatOptions;

  private Optional<ChatPrompt> chat = Optional.empty();

  /** Makes room for pictures in what is read. */
  interface Room {
    /** A text with its image tokens. */
    Tokens text(String prompt, Bos bos);

    /** Ids with all their image tokens. */
    Tokens ids(int... ids);

    /** Turns with theirs. */
    ChatPrompt chat(Chat turns, Bos bos);
  }

  /** Whether there is anything to read. */
  boolean given() {
    return source != null;
  }

  /**
   * The sequences to read.
   *
   * @param tokenizer empty if the model has none; then only ids work
   */
  List<Tokens> read(Optional<TextTokenizer> tokenizer) {
    return read(tokenizer, Optional.empty(), false);
  }

  /**
   * The same with room for pictures.
   *
   * @param room makes it; empty without pictures
   * @param masks whether a tokens file may hide padding
   */
  List<Tokens> read(Optional<TextTokenizer> tokenizer, Optional<Room> room, boolean masks) {
    if (source == null) {
      throw new ParameterException(
          command.commandLine(),
          "Missing required argument (specify one of these): --tokens, --tokens-file, --prompt,"
              + " --prompt-file, --chat-file");
    }
    if (source.tokens != null || source.tokensFile != null) {
      chatOptions.refuseWithIds();
    }
    if (source.tokens != null) {
      int[] ids = source.tokens.stream().mapToInt(Integer::intValue).toArray();
      return List.of(ofIds(tokenizer, room, ids));
    }
    if (source.tokensFile != null) {
      return TokensFile.read(source.tokensFile, masks).stream()
          .map(ids -> ofIds(tokenizer, room, ids))
          .toList();
    }
    return List.of(written(required(tokenizer), room));
  }

  /** Ids, with room for pictures where there are some. */
  static Tokens ofIds(Optional<TextTokenizer> tokenizer, Optional<Room> room, int... ids) {
    return room.map(r -> r.ids(ids)).orElseGet(() -> Tokens.ofIds(tokenizer.orElse(null), ids));
  }

  /** A text, with room for pictures where there are some. */
  static Tokens ofText(
      Optional<TextTokenizer> tokenizer, Optional<Room> room, String text, Bos bos) {
    TextTokenizer reader = required(tokenizer);
    return room.map(r -> r.text(text, bos)).orElseGet(() -> reader.encode(text, bos));
  }

  private Tokens written(TextTokenizer tokenizer, Optional<Room> room) {
    if (source.chatFile != null) {
      return chat(tokenizer, chatOptions.ofFile(source.chatFile), room);
    }
    String text = source.prompt != null ? source.prompt : InputFiles.text(source.promptFile);
    return chatOptions
        .ofPrompt(text)
        .map(turns -> chat(tokenizer, turns, room))
        .orElseGet(() -> ofText(Optional.of(tokenizer), room, text, bos()));
  }

  private Tokens chat(TextTokenizer tokenizer, Chat turns, Optional<Room> room) {
    ChatPrompt prompt =
        room.map(r -> r.chat(turns, bos())).orElseGet(() -> tokenizer.encode(turns, bos()));
    chat = Optional.of(prompt);
    return prompt.tokens();
  }

  /** Padding that nobody sees, where a tokens file gives masks; empty where it hides nothing. */
  List<boolean[]> hidden() {
    return source == null || source.tokensFile == null
        ? List.of()
        : TokensFile.hidden(source.tokensFile);
  }

  /** Says what the chat template made of what was read, if one was asked for. */
  void tellChat(Terminal terminal) {
    chat.map(ChatPrompt::summary).ifPresent(terminal::note);
  }

  /** Types of the tokens, where a tokens file gives them. */
  List<int[]> types() {
    return source == null || source.tokensFile == null
        ? List.of()
        : TokensFile.types(source.tokensFile);
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
