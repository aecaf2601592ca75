package dev.headlight.analysis.text;

import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.checkpoint.Checkpoint;
import dev.headlight.analysis.checkpoint.Config;
import dev.headlight.analysis.text.jinja.JinjaException;
import dev.headlight.analysis.text.jinja.JinjaTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's own chat template: the file chat_template.jinja, else {@code chat_template} of
 * tokenizer_config.json, which is one text or a list of named ones, of which the one named default
 * counts (else the first).
 *
 * <p>It is read when it is first used: a template that cannot be read never keeps a model from
 * opening.
 */
public final class ChatTemplate {
  private static final String DEFAULT = "default";

  private final Path file;
  private final String source;
  private final Map<String, String> tokens;
  private JinjaTemplate template;

  private ChatTemplate(Path file, String source, Map<String, String> tokens) {
    this.file = file;
    this.source = source;
    this.tokens = Map.copyOf(tokens);
  }

  /**
   * Looks for a template.
   *
   * @param tokens spellings by name, such as {@code bos_token}
   * @throws TokenizerException if there is a file that cannot be read
   */
  static Optional<ChatTemplate> open(Checkpoint checkpoint, Map<String, String> tokens) {
    Optional<Path> own = checkpoint.file("chat_template.jinja");
    if (own.isPresent()) {
      return Optional.of(new ChatTemplate(own.get(), read(own.get()), tokens));
    }
    return checkpoint
        .file("tokenizer_config.json")
        .flatMap(f -> source(Config.read(f)).map(s -> new ChatTemplate(f, s, tokens)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new TokenizerException(
          Kind.MODEL, file + ": cannot be read as UTF-8; fetch it again.", e);
    }
  }

  private static Optional<String> source(Config config) {
    if (!config.isList("chat_template")) {
      return config.optionalString("chat_template");
    }
    List<Config> named = config.objectList("chat_template");
    return named.stream()
        .filter(t -> t.string("name", "").equals(DEFAULT))
        .findFirst()
        .or(() -> named.stream().findFirst())
        .map(t -> t.requireString("template"));
  }

  /** Where the template is. */
  public Path file() {
    return file;
  }

  /** The template as the file has it. */
  public String source() {
    return source;
  }

  /**
   * Writes a conversation as the model was trained to read it.
   *
   * @throws TokenizerException (MODEL) if the template uses what is not known here, naming its
   *     line; (INPUT) if it refuses these turns, in its own words
   */
  public ChatText apply(Chat chat) {
    Map<String, Object> values = new LinkedHashMap<>(tokens);
    values.put("messages", chat.messages().stream().map(ChatTemplate::values).toList());
    values.put("add_generation_prompt", chat.answerNext());
    values.put("tools", null);
    values.put("documents", null);
    try {
      return ChatText.of(
          chat, template().render(values, LocalDateTime.now(ZoneId.systemDefault())));
    } catch (JinjaException e) {
      throw failure(e);
    }
  }

  private static Map<String, Object> values(ChatMessage message) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("role", message.role());
    values.put("content", message.content());
    return values;
  }

  private synchronized JinjaTemplate template() {
    if (template == null) {
      template = JinjaTemplate.of(source);
    }
    return template;
  }

  private TokenizerException failure(JinjaException e) {
    return e.byTemplate()
        ? new TokenizerException(
            Kind.INPUT,
            "%s: the chat template refuses these turns: %s".formatted(file, e.getMessage()),
            e)
        : new TokenizerException(
            Kind.MODEL,
            "%s: the chat template cannot be applied, %s; give plain text instead."
                .formatted(file, e.getMessage()),
            e);
  }
}
