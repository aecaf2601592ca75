package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PicturePrompts;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PatchSpec;
import dev.headlight.analysis.model.VisionSpec;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.ChatPrompt;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.pictures.PictureInput;
import dev.headlight.app.pictures.PromptPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes tokens of prompts for one model; keeps the pictures that it prepared last. */
final class PromptReader {
  private final Model model;
  private List<PromptPicture> last = List.of();
  private PictureInput prepared;

  PromptReader(Model model) {
    this.model = model;
  }

  /**
   * Reads a prompt.
   *
   * @param chat turns in place of the text, where the model has a template
   * @throws HeadlightException when the text, the pictures or both together cannot be read
   */
  ReadPrompt read(String text, Optional<Chat> chat, Bos bos, List<PromptPicture> pictures) {
    boolean turns = chat.isPresent() && template();
    if (model.spec().patches().isPresent()) {
      return places(pictures);
    }
    if (SideTexts.of(model.spec())) {
      return beside(text, bos, pictures);
    }
    Optional<VisionSpec> vision = model.spec().vision();
    if (pictures.isEmpty() && vision.isEmpty()) {
      return turns ? ReadPrompt.of(encode(chat.get(), bos)) : ReadPrompt.of(encode(text, bos));
    }
    if (vision.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, model.name() + " reads no pictures; remove the picture from the prompt.");
    }
    Optional<PictureInput> input =
        pictures.isEmpty() ? Optional.empty() : Optional.of(prepared(pictures));
    return inPrompt(text, turns ? chat : Optional.empty(), bos, pictures, input);
  }

  /** Texts beside pictures, one a line; the first is what all other panes read. */
  private ReadPrompt beside(String text, Bos bos, List<PromptPicture> pictures) {
    List<Tokens> texts =
        model.tokenizer().isPresent()
            ? SideTexts.read(model, text, bos)
            : SideTexts.lines(text).stream().map(l -> Tokens.ofIds(null, ids(l))).toList();
    Tokens first = texts.isEmpty() ? Tokens.ofIds(null, new int[0]) : texts.get(0);
    Optional<PictureInput> input =
        pictures.isEmpty() ? Optional.empty() : Optional.of(prepared(pictures));
    return new ReadPrompt(
        text,
        first,
        Optional.empty(),
        pictures,
        input.map(PictureInput::prepared),
        input.map(PictureInput::notices).orElse(List.of()),
        texts);
  }

  private boolean template() {
    return model.tokenizer().flatMap(TextTokenizer::chatTemplate).isPresent();
  }

  private ChatPrompt encode(Chat chat, Bos bos) {
    return model.tokenizer().orElseThrow().encode(chat, bos);
  }

  /** Tokens of a text; ids, where the model has no tokenizer. */
  Tokens encode(String text, Bos bos) {
    Tokens none = Tokens.ofIds(null, new int[0]);
    return model
        .tokenizer()
        .map(tokenizer -> text.isEmpty() ? none : tokenizer.encode(text, bos))
        .orElseGet(() -> Tokens.ofIds(null, ids(text)));
  }

  /** A prompt of a model whose prompts hold pictures; without some it may not name any. */
  private ReadPrompt inPrompt(
      String text,
      Optional<Chat> chat,
      Bos bos,
      List<PromptPicture> pictures,
      Optional<PictureInput> input) {
    Optional<PreparedPictures> ready = input.map(PictureInput::prepared);
    List<String> notices = new ArrayList<>(input.map(PictureInput::notices).orElse(List.of()));
    PicturePrompts prompts =
        new PicturePrompts(
            PromptExpansion.open(model.checkpoint().config(), model.tokenizer()),
            model.tokenizer(),
            ready.map(PreparedPictures::layouts).orElse(List.of()));
    Optional<ChatPrompt> written = chat.map(c -> prompts.chat(c, bos));
    Tokens tokens;
    if (written.isPresent()) {
      tokens = written.get().tokens();
    } else if (model.tokenizer().isEmpty()) {
      tokens = prompts.ids(ids(text));
    } else if (text.isEmpty()) {
      tokens = encode(text, bos);
    } else {
      PicturePrompts.Read read = prompts.text(text, bos);
      read.notice().ifPresent(notices::add);
      tokens = read.tokens();
    }
    return new ReadPrompt(
        written.isPresent() ? "" : text, tokens, written, pictures, ready, notices);
  }

  /** What a tower reads instead of tokens; nothing without a picture. */
  private ReadPrompt places(List<PromptPicture> pictures) {
    if (pictures.isEmpty()) {
      return ReadPrompt.of(Tokens.ofIds(null, new int[0]));
    }
    if (pictures.size() > 1) {
      throw new HeadlightException(
          Kind.INPUT, model.name() + " reads one picture at a time; remove the others.");
    }
    PictureInput input = prepared(pictures);
    PatchSpec patches = model.spec().patches().orElseThrow();
    RunRequest request = RunRequest.ofPicture(model.spec(), input.prepared().pixels());
    int[] ids = request.sequences().get(0);
    List<String> labels = new ArrayList<>();
    for (int id : ids) {
      labels.add(patches.label(id, grid(input.prepared())));
    }
    Tokens tokens = Tokens.ofIds(null, ids).labelled(labels);
    return new ReadPrompt(
        "", tokens, Optional.empty(), pictures, Optional.of(input.prepared()), input.notices());
  }

  private static PatchGrid grid(PreparedPictures pictures) {
    return pictures.layouts().get(0).tiles().get(0).patches();
  }

  private PictureInput prepared(List<PromptPicture> pictures) {
    if (prepared == null || !pictures.equals(last)) {
      List<Path> files = pictures.stream().map(PromptPicture::file).toList();
      prepared = PictureInput.read(files, model.checkpoint().folder());
      last = List.copyOf(pictures);
    }
    return prepared;
  }

  private static int[] ids(String text) {
    if (text.isBlank()) {
      return new int[0];
    }
    String[] parts = text.strip().split("[\\s,]+", -1);
    int[] ids = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        ids[i] = Integer.parseInt(parts[i]);
      } catch (NumberFormatException e) {
        throw new HeadlightException(
            Kind.INPUT,
            "\"%s\" is not a token id; this model has no tokenizer, write ids such as 1 2 3"
                .formatted(parts[i]),
            e);
      }
    }
    return ids;
  }
}
