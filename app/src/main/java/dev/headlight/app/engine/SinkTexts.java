package dev.headlight.app.engine;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.analysis.sinks.SinkProbe;
import dev.headlight.analysis.text.Bos;
import dev.headlight.analysis.text.TextTokenizer;
import dev.headlight.app.prompts.PromptLibrary;
import dev.headlight.app.prompts.SavedPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The texts that the rate of sinks is measured on.
 *
 * @param kind where they come from
 * @param file with a text a line; null for others
 */
public record SinkTexts(Kind kind, Path file) {
  /** The prompt alone. */
  public static final SinkTexts PROMPT = new SinkTexts(Kind.PROMPT, null);

  /** Every prompt of the library, the user's own too. */
  public static final SinkTexts LIBRARY = new SinkTexts(Kind.LIBRARY, null);

  private static final String NAMED = "file:";

  /** Where texts come from. */
  public enum Kind {
    /** The prompt of the window. */
    PROMPT,
    /** The library of prompts. */
    LIBRARY,
    /** A text file, each line with something in it a text of its own. */
    FILE
  }

  /** The lines of a file. */
  public static SinkTexts of(Path file) {
    return new SinkTexts(Kind.FILE, file);
  }

  /** Reads {@link #toString}; anything else means the prompt. */
  public static SinkTexts parse(String text) {
    if (text.startsWith(NAMED) && text.length() > NAMED.length()) {
      return of(Path.of(text.substring(NAMED.length())));
    }
    return text.equals(LIBRARY.toString()) ? LIBRARY : PROMPT;
  }

  /** {@code prompt}, {@code library}, or {@code file:} and a path. */
  @Override
  public String toString() {
    return switch (kind) {
      case PROMPT -> "prompt";
      case LIBRARY -> "library";
      case FILE -> NAMED + file;
    };
  }

  /** What they are called. */
  public String title() {
    return switch (kind) {
      case PROMPT -> "this prompt";
      case LIBRARY -> "the library";
      case FILE -> String.valueOf(file.getFileName());
    };
  }

  /** Reads them as the model does; the prompt has its pictures. */
  RunRequest read(Model model, ReadPrompt prompt, Bos bos) {
    return switch (kind) {
      case PROMPT -> prompt.request(model.spec());
      case LIBRARY -> RunRequest.ofSequences(library(model, bos));
      case FILE -> RunRequest.ofSequences(SinkProbe.texts(model, lines(), bos));
    };
  }

  private List<String> lines() {
    List<String> lines;
    try {
      lines = Files.readAllLines(file).stream().filter(l -> !l.isBlank()).toList();
    } catch (IOException e) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT, file + ": cannot be read as UTF-8 text.", e);
    }
    if (lines.isEmpty()) {
      throw new HeadlightException(
          HeadlightException.Kind.INPUT, file + ": no line has text; give one text a line.");
    }
    return lines;
  }

  /** Prompts that are longer than the model's positions are cut. */
  private static List<int[]> library(Model model, Bos bos) {
    TextTokenizer tokenizer =
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    new HeadlightException(
                        HeadlightException.Kind.MODEL,
                        model.name() + " has no tokenizer, so it cannot read the library."));
    PromptLibrary.Listing all = PromptLibrary.ofUser().list();
    List<int[]> sequences = new ArrayList<>();
    for (List<SavedPrompt> part : List.of(all.builtIn(), all.own())) {
      for (SavedPrompt prompt : part) {
        if (!prompt.chat()) {
          int[] ids = tokenizer.encode(prompt.text(), bos).ids();
          sequences.add(Arrays.copyOf(ids, Math.min(ids.length, model.spec().maxPositions())));
        }
      }
    }
    return sequences;
  }
}
