package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.Picture;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PicturePrompts;
import dev.headlight.analysis.image.PreparedPictures;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Tokens;
import dev.headlight.app.engine.ReadPrompt;
import dev.headlight.app.engine.SideTexts;
import dev.headlight.app.pictures.PictureFiles;
import dev.headlight.app.pictures.PictureInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A prompt with pictures that is read for a script.
 *
 * @param ask what is asked of the model
 * @param notices what the user should know, one sentence each
 */
public record VisualPrompt(VisualAsk ask, List<String> notices) {
  /** Copies the list. */
  public VisualPrompt {
    notices = List.copyOf(notices);
  }

  /**
   * Reads pictures and a prompt.
   *
   * @param images at least one
   * @param text of the prompt; empty where ids are given or the model reads none
   * @param ids of the prompt, taken as they are
   * @throws HeadlightException when they do not fit the model or each other
   */
  public static VisualPrompt read(
      Model model, List<Path> images, Optional<String> text, Optional<int[]> ids, Bos bos) {
    return read(model, images, text, ids.map(List::of).orElse(List.of()), bos);
  }

  /**
   * Reads pictures and a prompt.
   *
   * @param images at least one
   * @param text of the prompt; empty where ids are given or the model reads none; of two towers a
   *     text a line
   * @param ids of the prompt, taken as they are; of two towers of each text; may be empty
   * @throws HeadlightException when they do not fit the model or each other
   */
  public static VisualPrompt read(
      Model model, List<Path> images, Optional<String> text, List<int[]> ids, Bos bos) {
    ModelSpec spec = model.spec();
    if (!Look.able(spec)) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + " reads no pictures; open a model with a vision tower, such as a llava, idefics3 or vit folder.");
    }
    PictureInput input = PictureInput.read(images, model.checkpoint().folder());
    List<String> notices = new ArrayList<>(input.notices());
    PreparedPictures prepared = input.prepared();
    VisualAsk ask =
        SideTexts.of(spec)
            ? VisualAsk.ofTexts(beside(model, text, ids, bos), input.pictures(), prepared)
            : new VisualAsk(
                spec.patches().isPresent()
                    ? new int[0]
                    : expanded(model, prepared.layouts(), text, ids, bos, notices),
                input.pictures(),
                prepared);
    return new VisualPrompt(ask, notices);
  }

  /** What is asked of a model about a prompt of the window; its files are read. */
  static VisualAsk ask(ModelSpec spec, ReadPrompt prompt) {
    List<Picture> pictures =
        prompt.pictures().stream().map(p -> PictureFiles.read(p.file()).picture()).toList();
    PreparedPictures prepared = prompt.prepared().orElseThrow();
    if (!prompt.texts().isEmpty()) {
      List<int[]> texts = prompt.texts().stream().map(Tokens::ids).toList();
      return VisualAsk.ofTexts(texts, pictures, prepared);
    }
    int[] tokens = spec.patches().isPresent() ? new int[0] : prompt.tokens().ids();
    return new VisualAsk(tokens, pictures, prepared);
  }

  private static int[] expanded(
      Model model,
      List<PictureLayout> layouts,
      Optional<String> text,
      List<int[]> ids,
      Bos bos,
      List<String> notices) {
    if (ids.size() > 1) {
      throw new HeadlightException(
          Kind.INPUT,
          model.name()
              + " reads one prompt; several texts are for models with two towers, such as clip.");
    }
    PicturePrompts prompts =
        new PicturePrompts(
            PromptExpansion.open(model.checkpoint().config(), model.tokenizer()),
            model.tokenizer(),
            layouts);
    if (!ids.isEmpty()) {
      return prompts.ids(ids.get(0)).ids();
    }
    PicturePrompts.Read read = prompts.text(required(text, model), bos);
    read.notice().ifPresent(notices::add);
    return read.tokens().ids();
  }

  private static List<int[]> beside(Model model, Optional<String> text, List<int[]> ids, Bos bos) {
    if (!ids.isEmpty()) {
      return ids;
    }
    List<Tokens> texts = SideTexts.read(model, required(text, model), bos);
    if (texts.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT, "the prompt is empty; write the texts that the picture is held against.");
    }
    return texts.stream().map(Tokens::ids).toList();
  }

  private static String required(Optional<String> text, Model model) {
    return text.orElseThrow(
        () ->
            new HeadlightException(
                Kind.INPUT, model.name() + " reads a prompt too; give one with --prompt."));
  }
}
