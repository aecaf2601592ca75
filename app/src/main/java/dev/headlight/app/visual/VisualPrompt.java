package dev.headlight.app.visual;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.image.PictureLayout;
import dev.headlight.analysis.image.PicturePrompts;
import dev.headlight.analysis.image.PromptExpansion;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.model.ModelSpec;
import dev.headlight.analysis.text.Bos;
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
   * @param images at least one; of several the first is shown
   * @param text of the prompt; empty where ids are given or the model reads none
   * @param ids of the prompt, taken as they are
   * @throws HeadlightException when they do not fit the model or each other
   */
  public static VisualPrompt read(
      Model model, List<Path> images, Optional<String> text, Optional<int[]> ids, Bos bos) {
    ModelSpec spec = model.spec();
    if (!Look.able(spec)) {
      throw new HeadlightException(
          Kind.MODEL,
          model.name()
              + " reads no pictures; open a model with a vision tower, such as a llava, idefics3 or vit folder.");
    }
    PictureInput input = PictureInput.read(images, model.checkpoint().folder());
    List<String> notices = new ArrayList<>(input.notices());
    int[] tokens =
        spec.patches().isPresent()
            ? new int[0]
            : Look.inPrompt(spec)
                ? expanded(model, input.prepared().layouts(), text, ids, bos, notices)
                : beside(model, text, ids, bos);
    return new VisualPrompt(
        new VisualAsk(tokens, input.pictures().get(0), input.prepared()), notices);
  }

  private static int[] expanded(
      Model model,
      List<PictureLayout> layouts,
      Optional<String> text,
      Optional<int[]> ids,
      Bos bos,
      List<String> notices) {
    PicturePrompts prompts =
        new PicturePrompts(
            PromptExpansion.open(model.checkpoint().config(), model.tokenizer()),
            model.tokenizer(),
            layouts);
    if (ids.isPresent()) {
      return prompts.ids(ids.get()).ids();
    }
    PicturePrompts.Read read = prompts.text(required(text, model), bos);
    read.notice().ifPresent(notices::add);
    return read.tokens().ids();
  }

  private static int[] beside(Model model, Optional<String> text, Optional<int[]> ids, Bos bos) {
    return ids.orElseGet(
        () ->
            model
                .tokenizer()
                .map(t -> t.encode(required(text, model), bos).ids())
                .orElseThrow(
                    () ->
                        new HeadlightException(
                            Kind.MODEL,
                            model.name() + " has no tokenizer.json; give ids with --tokens.")));
  }

  private static String required(Optional<String> text, Model model) {
    return text.orElseThrow(
        () ->
            new HeadlightException(
                Kind.INPUT, model.name() + " reads a prompt too; give one with --prompt."));
  }
}
