package dev.headlight.app.cli;

import dev.headlight.analysis.HeadlightException;
import dev.headlight.analysis.HeadlightException.Kind;
import dev.headlight.analysis.model.Model;
import dev.headlight.analysis.run.RunRequest;
import dev.headlight.app.engine.PromptSets;
import dev.headlight.app.prompts.PromptLibrary;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @ArgGroup(multiplicity = "0..1")
  private Source source;

  @Option(
      names = "--bos",
      negatable = true,
      description = "Begin text with the BOS token, or not; default: as the tokenizer does.")
  private Boolean bos;

  /** The prompts with their pictures. */
  RunRequest read(Model model, PictureOptions pictures, Terminal terminal) {
    boolean several =
        source != null
            && (source.sequences != null || source.library || source.promptsFile != null);
    if (source == null && !pictures.given()) {
      throw new ParameterException(
          command.commandLine(),
          "There is no prompt; give --prompt, --prompt-file, --tokens, --tokens-file, --sequences,"
              + " --prompts-file or --library, or a picture to a model that reads nothing else.");
    }
    if (several && pictures.given()) {
      throw new HeadlightException(
          Kind.INPUT,
          "--image: a picture stands in one prompt; give it with --prompt, --prompt-file, --tokens"
              + " or --tokens-file.");
    }
    return several
        ? RunRequest.ofSequences(many(model))
        : pictures.read(source, GivenInput.bos(bos), model, terminal).request();
  }

  private List<int[]> many(Model model) {
    if (source.sequences != null) {
      return SequencesText.parse("--sequences", source.sequences);
    }
    return source.library
        ? PromptSets.library(model, PromptLibrary.ofUser()).sequences()
        : PromptSets.file(model, source.promptsFile, GivenInput.bos(bos)).sequences();
  }

  /** Types of the tokens, where a tokens file gives them. */
  List<int[]> types() {
    return source == null ? List.of() : source.types();
  }
}
