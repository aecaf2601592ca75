package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.ExpandedPrompt;
import dev.headlight.analysis.image.PatchGrid;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.image.TokenPlace;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.PatchSpec;
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
    if (pictures.isEmpty()) {
      return turns ? ReadPrompt.of(encode(chat.get(), bos)) : ReadPrompt.of(encode(text, bos));
    }
    if (model.spec().vision().isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, model.name() + " reads no pictures; remove the picture from the prompt.");
    }
    if (turns) {
      throw new HeadlightException(
          Kind.INPUT,
          "chat turns take no pictures here; switch Chat off and write the prompt as text.");
    }
    return withPictures(text, bos, pictures);
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

  private ReadPrompt withPictures(String text, Bos bos, List<PromptPicture> pictures) {
    PictureInput input = prepared(pictures);
    PreparedPictures ready = input.prepared();
    List<String> notices = new ArrayList<>(input.notices());
    Tokens tokens;
    if (model.tokenizer().isEmpty()) {
      int[] ids = expansion().expand(ids(text), ready.layouts());
      tokens = labelled(Tokens.ofIds(null, ids), ready.layouts());
    } else {
      ExpandedPrompt expanded = expansion().expand(text, ready.layouts());
      expanded.notice().ifPresent(notices::add);
      TextTokenizer tokenizer = model.tokenizer().get();
      tokens =
          labelled(
              expanded.special()
                  ? tokenizer.encode(expanded.text(), bos)
                  : tokenizer.encode(expanded.text(), false),
              ready.layouts());
    }
    return new ReadPrompt(text, tokens, Optional.empty(), pictures, Optional.of(ready), notices);
  }

  private PromptExpansion expansion() {
    return PromptExpansion.open(model.checkpoint().config(), model.tokenizer());
  }

  /** Image tokens are called after their place. */
  private Tokens labelled(Tokens tokens, List<PictureLayout> layouts) {
    int[][] positions = expansion().positions(tokens.ids(), layouts);
    List<String> labels = new ArrayList<>(tokens.labels());
    for (int p = 0; p < positions.length; p++) {
      PictureLayout layout = layouts.get(p);
      String picture = positions.length > 1 ? "p" + p : "";
      for (int i = 0; i < positions[p].length; i++) {
        TokenPlace place = layout.place(i);
        String tile = layout.tiles().size() > 1 ? "t" + place.tile() : "";
        labels.set(positions[p][i], picture + tile + "r" + place.row() + "c" + place.column());
      }
    }
    return tokens.labelled(labels);
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
