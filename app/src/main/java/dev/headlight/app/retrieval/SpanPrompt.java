package dev.headlight.app.retrieval;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PicturePrompts;
import dev.headlight.analysis.image.Pixels;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.retrieval.PromptSpan;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatMessage;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.ChatText;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.pictures.PictureInput;
import dev.headlight.app.pictures.PromptPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A prompt whose parts are told apart: context and question, or the turns of a conversation. The
 * question is what stands after the last empty line, else the last sentence; the first token is a
 * part of its own, since attention rests there.
 *
 * @param title for people
 * @param text of a plain prompt
 * @param chat turns in place of the text
 * @param twice whether context and question stand twice (re-reading, Xu et al. 2023)
 * @param bos whether text begins with the BOS token
 * @param pictures of the prompt, which are a part of their own; they are shown where it says so
 */
public record SpanPrompt(
    String title,
    String text,
    Optional<Chat> chat,
    boolean twice,
    Bos bos,
    List<PromptPicture> pictures) {
  /** Name of the first token's part. */
  public static final String FIRST = "first token";

  /** Name of what is asked about. */
  public static final String CONTEXT = "context";

  /** Name of what is asked. */
  public static final String QUESTION = "question";

  /** Name of what is seen. */
  public static final String PICTURE = "picture";

  private static final String AGAIN = ", again";
  private static final String EMPTY_LINE = "\n\n";

  /** Copies the list. */
  public SpanPrompt {
    pictures = List.copyOf(pictures);
  }

  /** A prompt as it is. */
  public static SpanPrompt of(String title, String text, Optional<Chat> chat, Bos bos) {
    return new SpanPrompt(title, text, chat, false, bos, List.of());
  }

  /** The same with pictures. */
  public SpanPrompt seeing(List<PromptPicture> all) {
    return new SpanPrompt(title, text, chat, twice, bos, all);
  }

  /** Which prompt stands beside the present one. */
  public enum Second {
    NONE("No second prompt"),
    TWICE("Read twice"),
    CHAT("Through the chat template"),
    OWN("Another prompt");

    private final String title;

    Second(String title) {
      this.title = title;
    }

    /** For menus. */
    public String title() {
      return title;
    }
  }

  /**
   * The prompt beside this one; empty for none.
   *
   * @param own text of another prompt
   */
  public Optional<SpanPrompt> second(Second kind, String own) {
    return switch (kind) {
      case NONE -> Optional.empty();
      case TWICE ->
          Optional.of(new SpanPrompt(kind.title(), words(), Optional.empty(), true, bos, pictures));
      case CHAT ->
          Optional.of(
              of(
                      kind.title(),
                      "",
                      Optional.of(Chat.of(List.of(new ChatMessage(ChatMessage.USER, words())))),
                      bos)
                  .seeing(pictures));
      case OWN -> Optional.of(of(kind.title(), own, Optional.empty(), bos).seeing(pictures));
    };
  }

  /** What was said, without roles. */
  private String words() {
    return chat.map(
            c -> String.join(EMPTY_LINE, c.messages().stream().map(ChatMessage::content).toList()))
        .orElse(text);
  }

  /**
   * A prompt with its parts.
   *
   * @param request the prompt, with its pictures
   * @param spans its parts in order of their first tokens; none shares a token with another
   */
  record Written(RunRequest request, List<PromptSpan> spans) {
    /** Ids. */
    int[] tokens() {
      return request.sequences().get(0);
    }
  }

  /**
   * Writes it for a model.
   *
   * @throws HeadlightException when there is nothing to read, or the model has no tokenizer or (for
   *     turns) no chat template
   */
  Written write(Model model) {
    TextTokenizer tokenizer =
        model
            .tokenizer()
            .orElseThrow(
                () -> new HeadlightException(Kind.MODEL, model.name() + " has no tokenizer"));
    List<PromptSpan> spans = new ArrayList<>();
    Sight sight = Sight.of(model, this);
    Tokens tokens;
    if (chat.isPresent()) {
      ChatPrompt prompt =
          sight
              .prompts()
              .map(p -> p.chat(chat.get(), bos))
              .orElseGet(() -> tokenizer.encode(chat.get(), bos));
      tokens = prompt.tokens();
      sight.add(tokens, spans);
      turns(prompt, spans);
    } else {
      String all = twice ? text + EMPTY_LINE + text : text;
      tokens =
          sight.prompts().map(p -> p.written(all, bos)).orElseGet(() -> tokenizer.encode(all, bos));
      sight.add(tokens, spans);
      parts(tokens, 0, twice ? all.length() - text.length() : all.length(), "", spans);
      if (twice) {
        parts(tokens, all.length() - text.length(), all.length(), AGAIN, spans);
      }
    }
    if (tokens.size() < 2) {
      throw new HeadlightException(
          Kind.INPUT, title + ": there is nothing to read; write some words");
    }
    return new Written(RunRequest.of(tokens.ids()).withPictures(sight.pixels()), disjoint(spans));
  }

  /**
   * What a prompt shows.
   *
   * @param prompts makes room for it; empty where the model's prompts hold no pictures
   * @param pixels as a processor made them; empty for none
   * @param image id of image tokens
   */
  private record Sight(Optional<PicturePrompts> prompts, List<Pixels> pixels, int image) {
    static Sight of(Model model, SpanPrompt prompt) {
      Optional<VisionSpec> vision = model.spec().vision().filter(VisionSpec::inPrompt);
      if (vision.isEmpty()) {
        return new Sight(Optional.empty(), List.of(), -1);
      }
      PromptExpansion expansion =
          PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
      List<Path> files = prompt.shown(expansion);
      Optional<PreparedPictures> ready =
          files.isEmpty()
              ? Optional.empty()
              : Optional.of(PictureInput.read(files, model.checkpoint().folder()).prepared());
      List<PictureLayout> layouts = ready.map(PreparedPictures::layouts).orElse(List.of());
      return new Sight(
          Optional.of(new PicturePrompts(expansion, model.tokenizer(), layouts)),
          ready.map(r -> List.of(r.pixels())).orElse(List.of()),
          vision.get().imageToken());
    }

    void add(Tokens tokens, List<PromptSpan> spans) {
      if (!pixels.isEmpty()) {
        spans.add(
            new PromptSpan(
                PICTURE,
                IntStream.range(0, tokens.size())
                    .filter(i -> tokens.id(i) == image)
                    .boxed()
                    .toList()));
      }
    }
  }

  /** Files of the pictures that the prompt says are there; turns take all of them. */
  private List<Path> shown(PromptExpansion expansion) {
    List<Path> files = pictures.stream().map(PromptPicture::file).toList();
    if (chat.isPresent()) {
      return files;
    }
    if (expansion.count(text) == 0) {
      return List.of();
    }
    List<Path> all = new ArrayList<>(files);
    all.addAll(twice ? files : List.of());
    return all;
  }

  private static void turns(ChatPrompt prompt, List<PromptSpan> spans) {
    List<ChatText.Turn> turns = prompt.written().turns();
    for (int i = turns.size() - 1; i >= 0; i--) {
      ChatText.Turn turn = turns.get(i);
      String said =
          turn.applied() ? prompt.written().text().substring(turn.start(), turn.end()) : "";
      if (turn.role().equals(ChatMessage.USER) && said.contains(EMPTY_LINE)) {
        parts(prompt.tokens(), turn.start(), turn.end(), "", spans);
        break; // Earlier turns are what the user said before.
      }
    }
    spans.addAll(PromptSpan.of(prompt));
  }

  /** Context and question of a part of the text. */
  private static void parts(
      Tokens tokens, int start, int end, String suffix, List<PromptSpan> spans) {
    int question = start + question(tokens.text().substring(start, end));
    if (question > start) {
      spans.add(PromptSpan.of(CONTEXT + suffix, tokens, start, question));
    }
    spans.add(PromptSpan.of(QUESTION + suffix, tokens, question, end));
  }

  /** Where the question begins. */
  static int question(String text) {
    String words = text.stripTrailing();
    int line = words.lastIndexOf(EMPTY_LINE);
    if (line >= 0) {
      return line + EMPTY_LINE.length();
    }
    for (int i = words.length() - 2; i > 0; i--) {
      if (".?!".indexOf(words.charAt(i - 1)) >= 0 && Character.isWhitespace(words.charAt(i))) {
        return i;
      }
    }
    return 0;
  }

  /** The first token by itself; a token that two parts share belongs to the first of them. */
  private static List<PromptSpan> disjoint(List<PromptSpan> spans) {
    List<PromptSpan> all = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    all.add(PromptSpan.of(FIRST, 0, 1));
    taken.add(0);
    for (PromptSpan span : spans) {
      PromptSpan rest = span.without(taken);
      if (!rest.positions().isEmpty()) {
        all.add(rest);
        taken.addAll(rest.positions());
      }
    }
    all.sort((a, b) -> a.positions().get(0) - b.positions().get(0));
    return all;
  }
}
