package dev.headlight.app.cli;

import dev.headlight.analysis.model.Model;
import dev.headlight.app.engine.PromptSets;
import dev.headlight.app.prompts.PromptLibrary;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The sequences that heads are taken away on. */
final class AblateInput {
  /** Where the sequences come from; one is needed. */
  static final class Source extends GivenInput {
    @Option(
        names = "--prompts-file",
        paramLabel = "FILE",
        description = "A text file with one prompt a line.")
    private Path promptsFile;

    @Option(
        names = "--library",
        description = "The prompts that are kept, and those that come with Headlight.")
    private boolean library;

    @Option(
        names = "--sequences",
        paramLabel = "1,2;3,4",
        description = "Token ids of several prompts, separated by semicolons, taken as they are.")
    private String sequences;
  }

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin text with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  List<int[]> read(Model model) {
    if (source.hasIds()) {
      return source.ids();
    }
    if (source.sequences != null) {
      return SequencesText.parse("--sequences", source.sequences);
    }
    if (source.library) {
      return PromptSets.library(model, PromptLibrary.ofUser()).sequences();
    }
    if (source.promptsFile != null) {
      return PromptSets.file(model, source.promptsFile, GivenInput.bos(bos)).sequences();
    }
    String text = source.text().orElseThrow();
    return List.of(
        InputOptions.required(model.tokenizer()).encode(text, GivenInput.bos(bos)).ids());
  }

  /** Types of the tokens, where a tokens file gives them. */
  List<int[]> types() {
    return source.types();
  }
}
