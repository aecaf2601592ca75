package dev.headlight.app.view;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.run.Head;
import dev.headlight.app.engine.ModelSource;
import dev.headlight.app.models.CachedModel;
import dev.headlight.app.prompts.SavedPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the command palette offers: every command, models, prompts, and the head that was typed. */
final class PaletteEntries {
  private final Commands commands;
  private final ModelChoices choices;
  private final Actions actions;
  private final PromptEditor prompt;
  private List<SavedPrompt> prompts = List.of();
  private List<CachedModel> cached = List.of();

  PaletteEntries(Commands commands, ModelChoices choices, Actions actions, PromptEditor prompt) {
    this.commands = commands;
    this.choices = choices;
    this.actions = actions;
    this.prompt = prompt;
  }

  /**
   * Looks up the library of prompts and the cache of models.
   *
   * @param changed runs once that is done
   */
  void refresh(Runnable changed) {
    prompt.prompts(
        found -> {
          prompts = found;
          changed.run();
        });
    Background.ask(
        choices.cached(),
        found -> {
          cached = found.stream().filter(CachedModel::openable).toList();
          changed.run();
        },
        failure -> {
          cached = List.of(); // The menu says so.
        });
  }

  /** Everything that can be chosen, in the order of the menus. */
  List<PaletteEntry> all() {
    List<PaletteEntry> entries = new ArrayList<>();
    for (Command command : commands.all()) {
      if (command.where().isEmpty() && !command.id().equals("edit.palette")) {
        entries.add(PaletteEntry.of(command));
      }
    }
    for (String recent : choices.recent().get()) {
      entries.add(open(recent, "Recent model", () -> choices.resolve().apply(recent)));
    }
    for (ModelSource sample : choices.samples()) {
      entries.add(open(sample.reference(), "Sample", () -> sample));
    }
    for (CachedModel model : cached) {
      entries.add(
          PaletteEntry.of(
              "open:cache:" + model.folder(),
              "Open " + model.title(),
              "Hugging Face cache",
              () -> actions.open(ModelSource.of(model.folder()))));
    }
    for (SavedPrompt saved : prompts) {
      entries.add(
          PaletteEntry.of(
              "prompt:" + saved.name(),
              "Prompt: " + saved.name(),
              "Library",
              () -> prompt.load(saved)));
    }
    return entries;
  }

  private PaletteEntry open(
      String reference, String group, java.util.function.Supplier<ModelSource> source) {
    return PaletteEntry.of(
        "open:" + group + ":" + reference,
        "Open " + reference,
        group,
        () -> actions.open(source.get()));
  }

  /** Goes to the head whose name was typed; empty if it is none. */
  Optional<PaletteEntry> head(String typed) {
    String name = typed.strip().toUpperCase(Locale.ROOT).replaceFirst("^GO\\s+TO\\s+", "");
    try {
      Head head = Head.parse(name);
      return Optional.of(
          PaletteEntry.of("head", "Go to " + head, "Head", () -> actions.goTo(head.toString())));
    } catch (HeadlightException e) {
      return Optional.empty(); // It is some other text.
    }
  }
}
