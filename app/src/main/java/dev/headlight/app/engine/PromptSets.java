package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.roles.Prompts;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.Chat;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.prompts.PromptFile;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.prompts.SavedPrompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prompts of a file or of the library as a model reads them. */
public final class PromptSets {
  private PromptSets() {}

  /**
   * One prompt a line.
   *
   * @throws HeadlightException when the model has no tokenizer, or no line can be used
   */
  public static Prompts file(Model model, Path file, Bos bos) {
    TextTokenizer tokenizer = tokenizer(model);
    List<int[]> all = new ArrayList<>();
    PromptFile.lines(file).forEach(line -> all.add(tokenizer.encode(line, bos).ids()));
    List<String> arguments = new ArrayList<>(List.of("--prompts-file=" + file));
    if (bos != Bos.DEFAULT) {
      arguments.add(bos == Bos.ON ? "--bos" : "--no-bos");
    }
    return usable(model, all, "of " + file.getFileName(), arguments);
  }

  /**
   * The prompts that are kept; chats only where the model has a template for them.
   *
   * @throws HeadlightException when the model has no tokenizer, or none can be used
   */
  public static Prompts library(Model model, PromptLibrary library) {
    TextTokenizer tokenizer = tokenizer(model);
    PromptLibrary.Listing listing = library.list();
    List<int[]> all = new ArrayList<>();
    List<SavedPrompt> saved = new ArrayList<>(listing.builtIn());
    saved.addAll(listing.own());
    for (SavedPrompt prompt : saved) {
      if (!prompt.chat()) {
        all.add(tokenizer.encode(prompt.text(), prompt.bos()).ids());
      } else if (tokenizer.chatTemplate().isPresent()) {
        all.add(tokenizer.encode(Chat.of(prompt.messages()), prompt.bos()).tokens().ids());
      }
    }
    return usable(model, all, "of the library", List.of("--library"));
  }

  private static TextTokenizer tokenizer(Model model) {
    return model
        .tokenizer()
        .orElseThrow(
            () ->
                new HeadlightException(
                    Kind.MODEL,
                    model.name()
                        + " has no tokenizer, so it cannot read prompts of text; use the prompt at hand."));
  }

  /** Those that have a query with a choice and fit into the model. */
  private static Prompts usable(Model model, List<int[]> all, String of, List<String> arguments) {
    int most = model.spec().maxPositions();
    List<int[]> usable = all.stream().filter(p -> p.length > 1 && p.length <= most).toList();
    if (usable.isEmpty()) {
      throw new HeadlightException(
          Kind.INPUT,
          "none of the %d prompts %s has 2 to %d tokens; use others."
              .formatted(all.size(), of, most));
    }
    int left = all.size() - usable.size();
    String name = "%d prompt%s %s".formatted(usable.size(), usable.size() == 1 ? "" : "s", of);
    String rest = left == 0 ? "" : " (%d left out: not 2 to %d tokens)".formatted(left, most);
    return new Prompts(usable, name + rest, arguments);
  }
}
