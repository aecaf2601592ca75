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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's own chat template: the file chat_template.jinja, else {@code chat_template} of
 * chat_template.json or of tokenizer_config.json, which is one text or a list of named ones, of
 * which the one named default counts (else the first).
 *
 * <p>It is read when it is first used: a template that cannot be read never keeps a model from
 * opening.
 */
public final class ChatTemplate {
  private static final Logger LOG = LoggerFactory.getLogger(ChatTemplate.class);
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
    return Stream.of("chat_template.json", "tokenizer_config.json")
        .flatMap(name -> checkpoint.file(name).stream())
        .flatMap(f -> source(Config.read(f)).map(s -> new ChatTemplate(f, s, tokens)).stream())
        .findFirst();
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
    return written(chat, ChatMessage::content);
  }

  /**
   * The same of a model that reads pictures. Its template may take what was said as parts, texts
   * and pictures, or as one text with placeholders: the form that says more of the turns counts.
   *
   * @param placeholder what a prompt writes where a picture stands
   * @throws TokenizerException as {@link #apply(Chat)}, if neither form can be written
   */
  public ChatText apply(Chat chat, String placeholder) {
    Optional<ChatText> parts = Optional.empty();
    try {
      parts = Optional.of(written(chat, ChatTemplate::parts));
    } catch (TokenizerException e) {
      LOG.debug("{} takes no parts", file, e);
    }
    if (parts.isPresent() && whole(parts.get(), chat, placeholder)) {
      return parts.get();
    }
    ChatText text = written(chat, m -> m.content().replace(ChatMessage.PICTURE, placeholder));
    return parts.isPresent() && !whole(text, chat, placeholder) && said(parts.get()) > said(text)
        ? parts.get()
        : text;
  }

  private static boolean whole(ChatText text, Chat chat, String placeholder) {
    int pictures = text.text().split(Pattern.quote(placeholder), -1).length - 1;
    return pictures == chat.pictures() && said(text) == chat.messages().size();
  }

  private static long said(ChatText text) {
    return text.turns().stream().filter(ChatText.Turn::applied).count();
  }

  private ChatText written(Chat chat, Function<ChatMessage, Object> content) {
    Map<String, Object> values = new LinkedHashMap<>(tokens);
    values.put("messages", chat.messages().stream().map(m -> values(m, content)).toList());
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

  private static Map<String, Object> values(
      ChatMessage message, Function<ChatMessage, Object> content) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("role", message.role());
    values.put("content", content.apply(message));
    return values;
  }

  /** What was said as texts and pictures, in the manner of transformers' processors. */
  private static List<Map<String, Object>> parts(ChatMessage message) {
    List<Map<String, Object>> parts = new ArrayList<>();
    String[] texts = message.content().split(ChatMessage.PICTURE, -1);
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        parts.add(Map.of("type", "image"));
      }
      if (!texts[i].isEmpty() || texts.length == 1) {
        parts.add(Map.of("type", "text", "text", texts[i]));
      }
    }
    return parts;
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
